const SPAN = 60000;
const DELAY = 200; // the newest point comes in from the right, it does not pop up
const GAP = 1000;

/** A plot on a canvas that moves on by itself: the last minute of values from 0 to 1. */
export class Plot {
  points = [];
  #canvas;
  #ahead = Infinity; // our clock minus the server's, and the way here
  #frame;
  #drawn = -Infinity;
  #calm = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(canvas) {
    this.#canvas = canvas;
    new ResizeObserver(() => this.#draw()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#draw());
  }

  add(load, at) {
    // The quickest way here that was seen; let slowly go, since clocks drift.
    this.#ahead = Math.min(this.#ahead + 0.1, Date.now() - at);
    this.points.push({load, at});
    while (this.points[0].at < at - SPAN - GAP) this.points.shift();
    this.#frame ??= requestAnimationFrame(() => this.#move());
  }

  /** Stands still until the next point. */
  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    this.#ahead = Infinity;
  }

  #move() {
    const now = performance.now();
    if (!this.#calm.matches || now - this.#drawn > 1000) {
      this.#drawn = now;
      this.#draw();
    }
    this.#frame = requestAnimationFrame(() => this.#move());
  }

  #draw() {
    const {clientWidth: width, clientHeight: height} = this.#canvas;
    const sharp = devicePixelRatio;
    Object.assign(this.#canvas, {width: width * sharp, height: height * sharp});
    const to = this.#canvas.getContext('2d');
    const colour = (name) => getComputedStyle(this.#canvas).getPropertyValue(name);
    to.scale(sharp, sharp);
    to.strokeStyle = colour('--line');
    to.beginPath();
    for (const part of [0.25, 0.5, 0.75]) {
      to.moveTo(0, height * part);
      to.lineTo(width, height * part);
    }
    to.stroke();
    Object.assign(to, {fillStyle: colour('--soft'), font: '11px system-ui, sans-serif'});
    for (const part of [0.25, 0.5, 0.75]) to.fillText(`${100 * (1 - part)} %`, 6, height * part - 4);
    this.#line(to, width, height);
    Object.assign(to, {strokeStyle: colour('--accent'), lineWidth: 2, lineJoin: 'round'});
    to.stroke();
  }

  #line(to, width, height) {
    const last = this.points.at(-1)?.at ?? 0;
    const right = this.#frame ? Date.now() - this.#ahead - DELAY : last;
    let before = -Infinity;
    to.beginPath();
    for (const {load, at} of this.points) {
      const x = width * (1 - (right - at) / SPAN);
      const y = 3 + (height - 6) * (1 - load);
      if (at - before > GAP) to.moveTo(x, y);
      else to.lineTo(x, y);
      before = at;
    }
  }
}
