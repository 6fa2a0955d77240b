const SPAN = 120; // seconds
const LINES = [['in', '--accent', []], ['out', '--out', [5, 3]]];

/** Two lines on a canvas, the newest value at the right; the scale follows the highest that is to be seen. */
export class Plot {
  points = [];
  #canvas;

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  add(point) {
    this.points.push(point);
    while (this.points[0].at < point.at - SPAN * 1000) this.points.shift();
    this.#draw();
  }

  #draw() {
    const {clientWidth: width, clientHeight: height} = this.#canvas;
    const sharp = devicePixelRatio;
    Object.assign(this.#canvas, {width: width * sharp, height: height * sharp});
    const to = this.#canvas.getContext('2d');
    const style = getComputedStyle(this.#canvas);
    const most = nice(Math.max(1, ...this.points.flatMap((point) => [point.in, point.out])));
    to.scale(sharp, sharp);
    to.font = `12px ${style.fontFamily}`;
    to.fillStyle = style.getPropertyValue('--soft');
    to.strokeStyle = style.getPropertyValue('--line');
    for (const part of [0, 0.5, 1]) {
      const y = 8 + (height - 16) * (1 - part);
      to.beginPath();
      to.moveTo(0, y);
      to.lineTo(width, y);
      to.stroke();
      if (part) to.fillText((most * part).toLocaleString(), 8, y + 14);
    }
    for (const [name, colour, dash] of LINES) this.#line(to, {name, width, height, most, dash, colour: style.getPropertyValue(colour)});
  }

  #line(to, {name, width, height, most, dash, colour}) {
    const last = this.points.at(-1)?.at ?? 0;
    Object.assign(to, {strokeStyle: colour, lineWidth: 2, lineJoin: 'round'});
    to.setLineDash(dash);
    to.beginPath();
    for (const point of this.points) {
      to.lineTo(width * (1 - (last - point.at) / (SPAN * 1000)), 8 + (height - 16) * (1 - point[name] / most));
    }
    to.stroke();
    to.setLineDash([]);
  }
}

/** The next of 1, 2, 5, 10, 20, 50… */
function nice(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].find((step) => step * power >= value) * power;
}
