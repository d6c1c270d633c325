// A drawing that is moved and zoomed by mouse, finger and keyboard, and the labels in it: for map and network.

import { coloursOf, made, onChange } from "./shared.js";

// Pixels that a finger or mouse may slip before a click becomes a drag.
const SLIP = 4;
const STEP = 60; // pixels, of an arrow key
const FACTOR = Math.SQRT2; // of a key or button that zooms

/**
 * A canvas in a pane, and where in the drawing one looks. The owner says what is drawn:
 *
 * - `home`, `whole`: boxes {x0, y0, x1, y1} of the drawing, where one begins and beyond which there is nothing
 * - `most`: how many times larger than the whole it may get
 * - `paint(context, colours)`: draws it
 * - `seek(x, y)`: the thing at these pixels, or null
 * - `chose(thing)`: hears what is chosen now, which is null when nothing is any more
 * - `act(thing, event)`: what a click or Enter does
 * - `keys`: what other keys do
 */
export class View {
  current = null;
  #waits = false;
  #pointers = new Map();
  #slipped = false;

  constructor(figure, pane, owner, signal) {
    Object.assign(this, { figure, pane, owner });
    this.canvas = pane.appendChild(made("canvas"));
    this.context = this.canvas.getContext("2d");
    pane.after(this.#buttons());
    this.#listen(signal);
    onChange(pane, () => this.#measure(), signal);
    this.#measure();
    this.show(owner.home);
  }

  /** Puts a box of the drawing in the middle, as large as fits. */
  show({ x0, y0, x1, y1 }) {
    this.scale = this.#within(Math.min(this.width / (x1 - x0), this.height / (y1 - y0)));
    this.centre((x0 + x1) / 2, (y0 + y1) / 2);
  }

  /** Puts a point of the drawing in the middle of the pane. */
  centre(x, y) {
    const { whole } = this.owner;
    // what is in the middle of the pane is always in the drawing, so that it cannot be lost
    this.left = this.width / 2 - clamped(x, whole.x0, whole.x1) * this.scale;
    this.top = this.height / 2 - clamped(y, whole.y0, whole.y1) * this.scale;
    this.pane.style.touchAction = this.scale > this.#least() * 1.01 ? "none" : "pan-y";
    this.draw();
  }

  move(dx, dy) {
    this.centre(this.#x(this.width / 2 - dx), this.#y(this.height / 2 - dy));
  }

  /** Zooms so that what is at these pixels stays there; without any, the middle. */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const [stayX, stayY] = [this.#x(x), this.#y(y)];
    this.scale = this.#within(this.scale * factor);
    this.centre(stayX + (this.width / 2 - x) / this.scale, stayY + (this.height / 2 - y) / this.scale);
  }

  /** Moves only if these pixels are out of sight or nearly so. */
  reveal(x, y, room = 40) {
    const dx = clamped(x, room, this.width - room) - x;
    const dy = clamped(y, room, this.height - room) - y;
    if (dx || dy) this.move(dx, dy);
  }

  /** The pixels of a point of the drawing. */
  spot(x, y) {
    return [x * this.scale + this.left, y * this.scale + this.top];
  }

  /** Whether these pixels are in the pane, or no more than `room` outside. */
  isSeen(x, y, room = 0) {
    return x >= -room && y >= -room && x <= this.width + room && y <= this.height + room;
  }

  canZoom(factor) {
    return this.#within(this.scale * factor) !== this.scale;
  }

  choose(thing) {
    if (thing === this.current) return;
    this.current = thing;
    this.pane.style.cursor = thing ? "pointer" : "";
    this.owner.chose(thing);
    this.draw();
  }

  /** Draws at the next frame, however often it is asked to before. */
  draw() {
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => {
      this.#waits = false;
      this.context.setTransform(this.sharpness, 0, 0, this.sharpness, 0, 0);
      this.context.clearRect(0, 0, this.width, this.height);
      this.owner.paint(this.context, this.colours);
    });
  }

  #x(pixel) {
    return (pixel - this.left) / this.scale;
  }

  #y(pixel) {
    return (pixel - this.top) / this.scale;
  }

  #least() {
    const { whole } = this.owner;
    return Math.min(this.width / (whole.x1 - whole.x0), this.height / (whole.y1 - whole.y0));
  }

  #within(scale) {
    return clamped(scale, this.#least(), this.#least() * this.owner.most);
  }

  /** Takes the size and colours of the pane as they are now; what was in sight stays so. */
  #measure() {
    const seen = this.scale && [this.#x(this.width / 2), this.#y(this.height / 2), this.scale / this.#least()];
    this.width = this.pane.clientWidth;
    this.height = this.pane.clientHeight;
    this.sharpness = devicePixelRatio;
    this.colours = coloursOf(this.figure);
    this.canvas.width = Math.round(this.width * this.sharpness);
    this.canvas.height = Math.round(this.height * this.sharpness);
    if (!seen) return;
    this.scale = this.#within(this.#least() * seen[2]);
    this.centre(seen[0], seen[1]);
  }

  #buttons() {
    const group = made("div", { class: "zoom", role: "group", "aria-label": "zoom" });
    const button = (sign, label, press) => {
      const one = made("button", { type: "button", "aria-label": label, title: label }, sign);
      one.addEventListener("click", press);
      group.append(one);
    };
    button("+", "zoom in", () => this.zoom(FACTOR));
    button("−", "zoom out", () => this.zoom(1 / FACTOR));
    button("⌂", "show all", () => this.show(this.owner.home));
    return group;
  }

  #listen(signal) {
    const on = (type, heard, more) => this.pane.addEventListener(type, heard.bind(this), { signal, ...more });
    on("wheel", this.#onWheel, { passive: false });
    on("pointerdown", this.#onDown);
    on("pointermove", this.#onMove);
    on("pointerup", this.#onUp);
    on("pointercancel", this.#onCancel);
    // a finger leaves with each tap
    on("pointerleave", (event) => event.pointerType === "mouse" && this.choose(null));
    on("keydown", this.#onKey);
  }

  #onWheel(event) {
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    const factor = 2 ** (clamped(event.deltaY * (lines ? 16 : 1), -200, 200) / -200);
    // where there is nothing left to zoom, the page scrolls on
    if (!this.canZoom(factor)) return;
    event.preventDefault();
    this.zoom(factor, event.offsetX, event.offsetY);
  }

  #onDown(event) {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
    if (this.#pointers.size === 1) [this.#slipped, this.down] = [false, [event.offsetX, event.offsetY]];
    this.pane.setPointerCapture(event.pointerId);
  }

  #onMove(event) {
    const at = [event.offsetX, event.offsetY];
    const before = this.#pointers.get(event.pointerId);
    if (!before) return this.choose(this.owner.seek(...at));
    this.#slipped ||= distance(this.down, at) > SLIP || this.#pointers.size > 1;
    if (!this.#slipped) return;
    const other = [...this.#pointers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.#pinch(other, before, at);
    else this.move(at[0] - before[0], at[1] - before[1]);
    this.#pointers.set(event.pointerId, at);
  }

  #pinch(other, before, at) {
    this.move((at[0] - before[0]) / 2, (at[1] - before[1]) / 2);
    this.zoom(distance(other, at) / distance(other, before), (other[0] + at[0]) / 2, (other[1] + at[1]) / 2);
  }

  #onUp(event) {
    if (!this.#pointers.delete(event.pointerId) || this.#slipped) return;
    const thing = this.owner.seek(event.offsetX, event.offsetY);
    // a finger cannot hover: its first tap shows, its second opens
    const shown = event.pointerType === "mouse" || thing === this.tapped;
    this.tapped = thing;
    this.choose(thing);
    if (thing && shown) this.owner.act(thing, event);
  }

  #onCancel(event) {
    this.#pointers.delete(event.pointerId);
  }

  #onKey(event) {
    const keys = {
      ArrowLeft: () => this.move(STEP, 0),
      ArrowRight: () => this.move(-STEP, 0),
      ArrowUp: () => this.move(0, STEP),
      ArrowDown: () => this.move(0, -STEP),
      "+": () => this.zoom(FACTOR),
      "=": () => this.zoom(FACTOR),
      "-": () => this.zoom(1 / FACTOR),
      0: () => this.show(this.owner.home),
      Escape: () => this.choose(null),
      Enter: () => this.current && this.owner.act(this.current, event),
      ...this.owner.keys,
    };
    if (event.altKey || !keys[event.key] || (event.key !== "Enter" && (event.ctrlKey || event.metaKey))) return;
    event.preventDefault();
    keys[event.key]();
  }
}

/**
 * Writes words beside their marks, the first first; what would lie on other words or on an obstacle is left out.
 * Marks are {x, y, r, words}; obstacles {x, y, r}. The context's font is used, of which `size` is the height.
 */
export function writeLabels(context, colours, marks, obstacles, size) {
  const taken = obstacles.map(({ x, y, r }) => ({ x0: x - r, x1: x + r, y0: y - r, y1: y + r }));
  const isFree = (box) => !taken.some((other) => overlap(box, other));
  Object.assign(context, { textAlign: "left", textBaseline: "middle", lineJoin: "round", lineWidth: 3 });
  for (const mark of marks) {
    const box = boxesOf(context, mark, size).find(isFree);
    if (!box) continue;
    taken.push(box);
    // a rim in the colour of the ground keeps words readable on lines
    context.strokeStyle = colours.ground;
    context.strokeText(mark.words, box.x0, mark.y);
    context.fillStyle = colours.ink;
    context.fillText(mark.words, box.x0, mark.y);
  }
}

/** Where words may stand: right of their mark or left of it, but not over the edge. */
function boxesOf(context, { x, y, r, words }, size) {
  const wide = context.measureText(words).width;
  const starts = [x + r + 4, x - r - 4 - wide];
  const fits = starts.filter((x0) => x0 >= 0 && x0 + wide <= context.canvas.clientWidth);
  return fits.map((x0) => ({ x0, x1: x0 + wide, y0: y - size / 2, y1: y + size / 2 }));
}

function overlap(one, other) {
  return one.x0 < other.x1 && other.x0 < one.x1 && one.y0 < other.y1 && other.y0 < one.y1;
}

/** The radius of what stands for a number: by its root, so that areas compare. `most` is that of the largest. */
export function radiusOf(number, largest, least, most) {
  return Math.max(least, most * Math.sqrt(number / Math.max(1, largest)));
}

export function clamped(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

export function distance([x, y], [otherX, otherY]) {
  return Math.hypot(x - otherX, y - otherY);
}
