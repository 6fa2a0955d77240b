const SPAN = 60000;

/** Round-trip times of the last minute, on a canvas and in words. */
export class Rtt {
  #canvas;
  #points = []; // {ms, at}

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
  }

  add(ms, at) {
    this.#points.push({ms, at});
    while (this.#points[0].at < at - SPAN || this.#points.length > 1000) this.#points.shift();
    this.#canvas.dataset.points = this.#points.length;
  }

  words() {
    if (!this.#points.length) return 'No round trip yet';
    const sorted = this.#points.map(({ms}) => ms).sort((a, b) => a - b);
    const [least, middle, most] = [0, sorted.length >> 1, sorted.length - 1].map((i) => sorted[i].toFixed(1));
    return `Round trip: ${this.#points.at(-1).ms.toFixed(1)} ms; least ${least}, median ${middle}, most ${most}`;
  }

  draw() {
    const {clientWidth: width, clientHeight: height} = this.#canvas;
    if (!width) return;
    const sharp = devicePixelRatio;
    Object.assign(this.#canvas, {width: width * sharp, height: height * sharp});
    const to = this.#canvas.getContext('2d');
    to.scale(sharp, sharp);
    const style = getComputedStyle(this.#canvas);
    to.strokeStyle = to.fillStyle = style.getPropertyValue('--accent');
    to.lineWidth = 1.5;
    const now = performance.now();
    const top = Math.max(1, ...this.#points.map(({ms}) => ms));
    const places = this.#points.map(({ms, at}) => [width * (1 - (now - at) / SPAN) - 3, 3 + (height - 6) * (1 - ms / top)]);
    to.beginPath();
    for (const place of places) to.lineTo(...place);
    to.stroke();
    for (const [x, y] of places.slice(-60)) to.fillRect(x - 1.5, y - 1.5, 3, 3);
    to.fillStyle = style.getPropertyValue('--soft');
    to.font = '11px system-ui, sans-serif';
    to.fillText(`${top.toFixed(0)} ms`, 4, 12);
  }
}
