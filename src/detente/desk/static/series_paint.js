// What is painted of a series on the plot's canvas: bars, levels, turns, gaps, and the events below.

import { dayInWords, fontOf, signed } from "./shared.js";

// Of the height: the intensity above, the events below.
export const UPPER = 0.78;
const LOWER = 0.17;
const LINE = 14; // pixels, of a label's line

/** Paints a chart over its axes. All is in the canvas's own pixels, of which a sharp screen has several to a pixel. */
export function paint(plot, chart) {
  const context = plot.ctx;
  const columns = columnsOf(plot, chart);
  context.save();
  paintGaps(context, plot, chart, columns);
  paintBars(context, plot, chart, columns);
  paintEvents(context, plot, chart, columns);
  paintTurns(context, plot, chart);
  paintLevels(context, plot, chart);
  context.restore();
}

/** What stands side by side: bins narrower than a pixel share a column, which has the extremes of them all. */
function columnsOf(plot, { bins, starts, end }) {
  const left = (moment) => plot.valToPos(moment, "x", true);
  const [origin, perMoment] = [left(0), left(1e9) / 1e9 - left(0) / 1e9];
  const columns = [];
  let column = null;
  for (let i = 0; i < bins.length; i++) {
    const x = origin + starts[i] * perMoment;
    if (!column || x >= column.x + 1) {
      column = { x, high: null, low: null, events: 0, known: false };
      columns.push(column);
    }
    column.right = origin + (starts[i + 1] ?? end) * perMoment;
    add(column, bins[i]);
  }
  return columns;
}

function add(column, { events, mean }) {
  column.known ||= events !== null;
  column.events = Math.max(column.events, events ?? 0);
  if (mean === null) return;
  if (mean >= 0) column.high = Math.max(column.high ?? 0, mean);
  else column.low = Math.min(column.low ?? 0, mean);
}

/** Where a bar begins and how wide it is: with air beside it if there is room. */
function reachOf(column) {
  const wide = column.right - column.x;
  return wide > 4 ? [column.x + wide * 0.08, wide * 0.84] : wholeOf(column);
}

/** All of a column in whole pixels, so that two neighbours have neither a seam nor a pixel in common. */
function wholeOf({ x, right }) {
  return [Math.round(x), Math.max(1, Math.round(right) - Math.round(x))];
}

function paintGaps(context, plot, { colours }, columns) {
  const { top, height } = plot.bbox;
  context.fillStyle = hatching(context, colours.faint);
  context.globalAlpha = 0.5;
  for (const column of columns) {
    if (column.known) continue;
    const [x, wide] = wholeOf(column);
    context.fillRect(x, top, wide, height);
  }
  context.globalAlpha = 1;
}

/** Thin lines aslant: a grey alone would look like a very pale bar. */
function hatching(context, colour) {
  const size = 8 * devicePixelRatio;
  const tile = new OffscreenCanvas(size, size).getContext("2d");
  Object.assign(tile, { strokeStyle: colour, lineWidth: devicePixelRatio });
  tile.beginPath();
  for (const shift of [-size, 0, size]) {
    tile.moveTo(shift, size);
    tile.lineTo(shift + size, 0);
  }
  tile.stroke();
  return context.createPattern(tile.canvas, "repeat");
}

function paintBars(context, plot, { colours }, columns) {
  const zero = plot.valToPos(0, "y", true);
  context.globalAlpha = 0.7;
  for (const column of columns) {
    const [x, wide] = reachOf(column);
    for (const [mean, colour] of [[column.high, colours.thaw], [column.low, colours.freeze]]) {
      if (mean === null) continue;
      const tall = Math.max(devicePixelRatio, Math.abs(plot.valToPos(mean, "y", true) - zero));
      context.fillStyle = colour;
      context.fillRect(x, mean < 0 ? zero : zero - tall, wide, tall);
    }
  }
  context.globalAlpha = 1;
}

function paintEvents(context, plot, { colours, bins, figure }, columns) {
  const { left, top, height } = plot.bbox;
  const base = top + height;
  const most = bins.reduce((highest, bin) => Math.max(highest, bin.events ?? 0), 0);
  context.fillStyle = colours.faint;
  for (const column of columns) {
    if (!column.events) continue;
    const [x, wide] = reachOf(column);
    const tall = Math.max(devicePixelRatio, (column.events / most) * height * LOWER);
    context.fillRect(x, base - tall, wide, tall);
  }
  Object.assign(context, { font: sharpFont(figure, 12), textAlign: "right", textBaseline: "middle" });
  context.fillText(most.toLocaleString("en"), left - 8 * devicePixelRatio, base - height * LOWER);
  context.fillText("0", left - 8 * devicePixelRatio, base - 4 * devicePixelRatio);
}

function sharpFont(figure, size, weight) {
  return fontOf(figure, size * devicePixelRatio, weight);
}

function paintLevels(context, plot, { colours, levels }) {
  const path = new Path2D();
  for (const level of levels) {
    if (level.mean === null) continue;
    const y = plot.valToPos(level.mean, "y", true);
    const [from, to] = daysOf(plot, level);
    path.moveTo(from, y);
    path.lineTo(to, y);
  }
  strokeRimmed(context, path, colours, { colour: colours.ink, wide: 2 });
}

/** A rim in the colour of the ground keeps a line apart from the bars that it crosses. */
function strokeRimmed(context, path, { ground }, { colour, wide, dash = [] }) {
  Object.assign(context, { strokeStyle: ground, lineWidth: (wide + 2) * devicePixelRatio });
  context.stroke(path);
  Object.assign(context, { strokeStyle: colour, lineWidth: wide * devicePixelRatio });
  context.setLineDash(dash.map((long) => long * devicePixelRatio));
  context.stroke(path);
  context.setLineDash([]);
}

/** From the first day to the end of the last, within the chart. */
function daysOf(plot, { first, last }) {
  const { left, width } = plot.bbox;
  const within = (moment) => Math.max(left, Math.min(left + width, plot.valToPos(moment, "x", true)));
  return [within(Date.parse(first)), within(Date.parse(last) + 86_400_000)];
}

/** Each turn a line at its day and a shade over the days between which it lies; labels as far as there is room. */
function paintTurns(context, plot, chart) {
  const taken = [];
  const bySize = [...chart.turns].sort((one, other) => Math.abs(other.size) - Math.abs(one.size));
  for (const turn of bySize) {
    const colour = chart.colours[turn.label];
    const x = plot.valToPos(Date.parse(turn.day), "x", true);
    paintShade(context, plot, turn, colour);
    const isTold = writeTurn(context, plot, chart, { turn, x, colour, taken });
    const { top, height } = plot.bbox;
    const path = new Path2D();
    path.moveTo(x, isTold ? top - 2.6 * LINE * devicePixelRatio : top);
    path.lineTo(x, top + height * UPPER);
    strokeRimmed(context, path, chart.colours, { colour, wide: 1.5, dash: [4, 3] });
  }
}

function paintShade(context, plot, turn, colour) {
  const [from, to] = daysOf(plot, turn);
  context.globalAlpha = 0.12;
  context.fillStyle = colour;
  context.fillRect(from, plot.bbox.top, to - from, plot.bbox.height * UPPER);
  context.globalAlpha = 1;
}

/** Writes what a turn is beside its line, unless the label of a larger turn is there. Says whether it did. */
function writeTurn(context, plot, { figure }, { turn, x, colour, taken }) {
  const lines = [[`${turn.label} ${signed(turn.size)}`, 600], [dayInWords(turn.day, SHORT), 400]];
  const fonts = lines.map(([, weight]) => sharpFont(figure, 12, weight));
  const wide = Math.max(...lines.map(([words], i) => widthOf(context, words, fonts[i])));
  const air = 5 * devicePixelRatio;
  const isFree = ([from, to]) => to <= context.canvas.width && taken.every(([f, t]) => to < f || from > t);
  const span = [[x, x + wide + 2 * air], [x - wide - 2 * air, x]].find(isFree);
  if (!span) return false;
  taken.push(span);
  Object.assign(context, { fillStyle: colour, textAlign: "left", textBaseline: "top" });
  lines.forEach(([words], i) => {
    context.font = fonts[i];
    context.fillText(words, span[0] + air, plot.bbox.top - (2.5 - i * 1.1) * LINE * devicePixelRatio);
  });
  return true;
}

const SHORT = { day: "numeric", month: "short", year: "numeric" };

function widthOf(context, words, font) {
  context.font = font;
  return context.measureText(words).width;
}
