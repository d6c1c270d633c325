// A relation through time: how friendly, bin by bin; its levels and turns; and how many events it stands on.
// vendor/uPlot.iife.min.js must stand before it. Without script the server's own chart (relations/chart.py) is shown,
// and this one looks like it.

import { paint, UPPER } from "./series_paint.js";
import * as shared from "./shared.js";
import { counted, dayInWords, signed } from "./shared.js";

const DAY = 86_400_000;
const HIGHEST = 10; // the scales end there
// Pixels: left of the chart, above it for the labels of turns, and for a date below.
const GUTTER = 46;
const ABOVE = 44;
const DATE = 84;
const KEYS = "Left and Right go from bin to bin, Page Up and Page Down from turn to turn, Home and End to the ends.";
const CHOOSING = " With Shift they choose a time, Enter shows it, Escape clears.";

class SeriesChart {
  #now = null; // the bin that is told
  #anchor = null; // where a time that is chosen by keys began
  #range = null; // the first and last bin of the time that is chosen

  constructor(figure, data, signal) {
    Object.assign(this, data, { figure, form: document.getElementById(figure.dataset.form) });
    this.starts = Float64Array.from(this.bins, (bin) => Date.parse(bin.start));
    this.end = Date.parse(this.bins.at(-1).end) + DAY;
    this.top = topOf(this.bins, this.levels);
    this.turns = this.turns.map((turn) => ({ ...turn, bin: this.#binAt(Date.parse(turn.day)) }));
    this.#furnish();
    this.plot = new uPlot(this.#options(), [this.starts, new Float64Array(this.starts.length)], this.pane);
    this.pane.addEventListener("keydown", (event) => this.#onKey(event), { signal });
    shared.onChange(this.pane, () => this.#redraw(), signal);
    signal.addEventListener("abort", () => this.plot.destroy());
    shared.tookOver(figure);
  }

  #furnish() {
    const { figure, form, title, by } = this;
    if (!figure.querySelector("figcaption")) figure.prepend(shared.made("figcaption", {}, `${title}, by ${by}`));
    Object.assign(this, shared.paneOf(figure, { kind: "chart", label: title, keys: form ? KEYS + CHOOSING : KEYS }));
    shared.addLegend(figure, legendOf(this));
    this.colours = shared.coloursOf(figure);
    this.#tell();
  }

  #redraw() {
    this.colours = shared.coloursOf(this.figure);
    this.plot.setSize(sizeOf(this.pane));
    if (this.#range) this.#mark();
  }

  #options() {
    return {
      ...sizeOf(this.pane),
      padding: [this.turns.length ? ABOVE : 10, 16, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [this.starts[0], this.end] },
        y: { range: () => [this.top - (2 * this.top) / UPPER, this.top] },
      },
      axes: this.#axes(),
      series: [{}, { paths: () => null, points: { show: false } }],
      cursor: {
        y: false,
        points: { show: false },
        drag: { x: this.form !== null, y: false, setScale: false, dist: 5 },
        bind: { dblclick: () => null },
      },
      hooks: {
        draw: [(plot) => paint(plot, this)],
        setCursor: [(plot) => this.#onCursor(plot)],
        setSelect: [(plot) => this.#onSelect(plot)],
      },
    };
  }

  #axes() {
    const stroke = () => this.colours.faint;
    const axis = { stroke, font: shared.fontOf(this.figure, 12) };
    const dates = () => datesBetween(this.starts[0], this.end, this.pane.clientWidth - GUTTER);
    const below = {
      ...axis,
      size: 30,
      grid: { show: false },
      ticks: { stroke, size: 4, width: 1 },
      splits: () => dates().map((date) => date.at),
      values: () => dates().map((date) => date.words),
    };
    const beside = {
      ...axis,
      size: GUTTER,
      grid: { stroke: () => this.colours.line, width: 1 },
      ticks: { show: false },
      splits: () => splitsOf(this.top),
      values: (_, splits) => splits.map((value) => (value > 0 ? `+${value}` : `${value}`)),
    };
    return [below, beside];
  }

  /** The bin that holds this moment. */
  #binAt(moment) {
    let [low, high] = [0, this.starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle] <= moment) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #onCursor(plot) {
    const { cursor, select } = plot;
    if (cursor.left < 0) return;
    const at = (pixel) => this.#binAt(plot.posToVal(pixel, "x"));
    this.#now = at(cursor.left);
    this.#range = select.width > 0 ? [at(select.left), at(select.left + select.width)] : null;
    this.#anchor = null;
    this.#tell();
  }

  /** The mouse let go: what it went over is asked for. */
  #onSelect(plot) {
    if (plot.select.width > 0) this.#submit();
  }

  #submit() {
    if (!this.form || !this.#range) return;
    const [first, last] = this.#range;
    this.form.elements.since.value = this.bins[first].start;
    this.form.elements.until.value = this.bins[last].end;
    this.form.requestSubmit();
  }

  #onKey(event) {
    const goals = {
      ArrowLeft: () => this.#now - 1,
      ArrowRight: () => (this.#now ?? -1) + 1,
      PageUp: () => this.turns.findLast((turn) => turn.bin < this.#now)?.bin,
      PageDown: () => this.turns.find((turn) => turn.bin > (this.#now ?? -1))?.bin,
      Home: () => 0,
      End: () => this.bins.length - 1,
    };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (goals[event.key]) this.#go(goals[event.key]() ?? this.#now, event.shiftKey);
    else if (event.key === "Enter") this.#submit();
    else if (event.key === "Escape") this.#clear();
    else return;
    event.preventDefault();
  }

  #go(bin, choosing) {
    if (bin === null) return;
    if (choosing) this.#anchor ??= this.#now ?? bin;
    else this.#anchor = null;
    this.#now = Math.max(0, Math.min(this.bins.length - 1, bin));
    this.#range = choosing && this.form ? [this.#anchor, this.#now].sort((one, other) => one - other) : null;
    this.#mark();
    this.#tell();
  }

  #clear() {
    this.#now = this.#anchor = this.#range = null;
    this.#mark();
    this.#tell();
  }

  /** Shows where the keys are, as the mouse does. */
  #mark() {
    const { plot } = this;
    const pixel = (bin) => plot.valToPos(this.starts[bin] ?? this.end, "x");
    const left = this.#now === null ? -10 : (pixel(this.#now) + pixel(this.#now + 1)) / 2;
    plot.setCursor({ left, top: 0 }, false);
    const [from, to] = this.#range ? [pixel(this.#range[0]), pixel(this.#range[1] + 1)] : [0, 0];
    plot.setSelect({ left: from, width: to - from, top: 0, height: to - from && plot.over.clientHeight }, false);
  }

  #tell() {
    if (this.#range) this.say(timeInWords(this, ...this.#range));
    else if (this.#now !== null) this.say(binInWords(this, this.#now));
    else this.say(timeInWords(this, 0, this.bins.length - 1));
  }
}

/** The highest intensity that is drawn, and the lowest below zero. */
function topOf(bins, levels) {
  const highest = (most, { mean }) => Math.max(most, Math.abs(mean ?? 0) * 1.1);
  return Math.min(HIGHEST, levels.reduce(highest, bins.reduce(highest, 2)));
}

function splitsOf(top) {
  const step = top > 6 ? 5 : top > 3 ? 2 : 1;
  const splits = [];
  for (let value = -Math.floor(top / step) * step; value <= top; value += step) splits.push(value);
  return splits;
}

function sizeOf(pane) {
  return { width: pane.clientWidth, height: pane.clientHeight };
}

function legendOf({ bins, levels, turns }) {
  const entries = [["thaw", "friendly"], ["freeze", "hostile"], ["faint", "number of events"]];
  if (levels.length) entries.push(["level", "level"]);
  if (turns.length) entries.push(["turn", "turn, and between which days"]);
  if (bins.some((bin) => bin.events === null)) entries.push(["gap", "nothing was collected"]);
  return entries;
}

/** "week of 1 September 2008: 3 events, mean -2.0" */
function binInWords({ bins, by, turns }, index) {
  const { start, events, mean } = bins[index];
  const turned = turns.filter((turn) => turn.bin === index).map(turnInWords);
  return [`${nameOf(start, by)}: ${eventsInWords(events, mean)}`, ...turned].join("; ");
}

function nameOf(start, by) {
  if (by === "month") return dayInWords(start, { month: "long", year: "numeric" });
  return by === "week" ? `week of ${dayInWords(start)}` : dayInWords(start);
}

function eventsInWords(events, mean) {
  if (events === null) return "nothing was collected";
  return events ? shared.sumInWords(events, mean) : "no events";
}

function turnInWords({ label, size, before, after, confidence }) {
  const sure = `confidence ${Math.round(100 * confidence)} %`;
  return `${label} of ${signed(size)}, from ${signed(before)} to ${signed(after)}, ${sure}`;
}

/** "1 September 2008 to 30 November 2008: 34 events in 13 weeks" */
function timeInWords({ bins, by }, first, last) {
  const events = bins.slice(first, last + 1).reduce((sum, bin) => sum + (bin.events ?? 0), 0);
  const time = `${dayInWords(bins[first].start)} to ${dayInWords(bins[last].end)}`;
  return `${time}: ${counted(events, "event")} in ${counted(last - first + 1, by)}`;
}

/** Days, months or years to write at the axis, as many as fit. */
function datesBetween(first, last, width) {
  const fits = (days) => ((last - first) / DAY / days) * DATE <= width;
  const days = [1, 2, 7, 14].find(fits);
  const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((count) => fits(count * 30)) ?? 1200;
  const dates = days ? everyDays(first, last, days) : everyMonths(first, last, months);
  // one at the very end would be cut off
  return dates.filter(({ at }) => ((last - at) / (last - first)) * width > DATE / 6);
}

function everyDays(first, last, days) {
  const form = { day: "numeric", month: "short", year: "numeric" };
  const dates = [];
  for (let at = first; at < last; at += days * DAY) dates.push({ at, words: dayInWords(at, form) });
  return dates;
}

function everyMonths(first, last, months) {
  const form = months < 12 ? { month: "short", year: "numeric" } : { year: "numeric" };
  const begin = new Date(first);
  // whole steps from 2000, so that quarters and decades begin where people expect them
  let step = Math.floor(((begin.getUTCFullYear() - 2000) * 12 + begin.getUTCMonth()) / months);
  const dates = [];
  for (let at = -Infinity; at < last; at = Date.UTC(2000, step++ * months)) {
    if (at >= first) dates.push({ at, words: dayInWords(at, form) });
  }
  return dates;
}

shared.onEach("figure.series[data-json]", (figure, signal) => {
  const data = shared.dataOf(figure);
  if (data.bins.length) new SeriesChart(figure, data, signal);
});
