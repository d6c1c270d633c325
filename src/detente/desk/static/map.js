// Where events happened: places on a map of the world, those that would lie on each other drawn as one.

import "./vendor/d3-array.min.js";
import "./vendor/d3-geo.min.js";
import "./vendor/topojson-client.min.js";
import { addLegend, counted, dataOf, follow, fontOf, onEach, paneOf, sumInWords, toneOf, tookOver } from "./shared.js";
import { clamped, distance, radiusOf, View, writeLabels } from "./view.js";

const { d3, topojson } = globalThis;

// Pixels between the middles of two circles; the largest has half of it, so that none lie on each other.
const APART = 42;
const SMALLEST = 4;
const LARGEST = APART / 2;
const WIDE = 1000; // of the drawing of the world, in units of its own
const KEYS = "Arrows move, + and − zoom, 0 shows all. Page Down and Page Up go from place to place, Enter opens.";

class WorldMap {
  most = 200;
  #shapes = null;
  #clusters = new Map();
  #level = null;
  #seen = []; // the circles of the last painting

  constructor(figure, signal) {
    this.figure = figure;
    this.projection = d3.geoEqualEarth().fitWidth(WIDE, { type: "Sphere" }).precision(0.3);
    this.places = placed(dataOf(figure).points, this.projection);
    this.whole = boxOf(d3.geoPath(this.projection).bounds({ type: "Sphere" }));
    this.home = homeOf(this.places, this.whole);
    this.keys = { PageDown: () => this.#step(1), PageUp: () => this.#step(-1) };
    const { pane, say } = paneOf(figure, { kind: "map", label: figure.dataset.label ?? "map of events", keys: KEYS });
    this.say = say;
    addLegend(figure, [["thaw", "friendly"], ["faint", "mixed"], ["freeze", "hostile"], ["size", "size: events"]]);
    this.view = new View(figure, pane, this, signal);
    this.chose(null);
    tookOver(figure);
    this.#load(figure.dataset.world);
  }

  /** Without the atlas (the console says why) the places stand on bare ground. */
  async #load(url) {
    const world = await (await fetch(url)).json();
    this.#shapes = shapesOf(world, this.projection);
    this.view.draw();
  }

  paint(context, colours) {
    if (this.#shapes) this.#paintWorld(context, colours);
    const seen = this.#circlesInSight();
    this.#seen = seen;
    for (const circle of seen) this.#paintCircle(context, colours, circle);
    context.font = fontOf(this.figure, 12);
    writeLabels(context, colours, seen.map((circle) => ({ ...circle, words: titleOf(circle.cluster) })), seen, 14);
  }

  #paintWorld(context, colours) {
    const { view } = this;
    context.save();
    context.translate(view.left, view.top);
    context.scale(view.scale, view.scale);
    context.fillStyle = colours.line;
    context.globalAlpha = 0.45;
    context.fill(this.#shapes.land);
    context.globalAlpha = 1;
    Object.assign(context, { strokeStyle: colours.line, lineWidth: 1 / view.scale, lineJoin: "round" });
    context.stroke(this.#shapes.borders);
    context.stroke(this.#shapes.edge);
    context.restore();
  }

  #paintCircle(context, colours, { x, y, r, cluster }) {
    const chosen = cluster.head === this.view.current;
    context.beginPath();
    context.arc(x, y, r, 0, 7);
    context.fillStyle = colours[toneOf(cluster.mean)];
    context.fill();
    Object.assign(context, { lineWidth: chosen ? 3 : 1, strokeStyle: chosen ? colours.ink : colours.ground });
    context.stroke();
    const words = short(cluster.events);
    context.font = fontOf(this.figure, 11, 600);
    if (context.measureText(words).width > 2 * r - 4) return;
    Object.assign(context, { fillStyle: colours.ground, textAlign: "center", textBaseline: "middle" });
    context.fillText(words, x, y + 0.5);
  }

  /** The circles in sight, the largest first. */
  #circlesInSight() {
    const { view } = this;
    const clusters = this.#clustersNow().values();
    const circles = [];
    let largest = null;
    for (const cluster of clusters) {
      largest ??= cluster.events;
      const [x, y] = view.spot(cluster.head.x, cluster.head.y);
      const r = radiusOf(cluster.events, largest, SMALLEST, LARGEST);
      if (view.isSeen(x, y, r)) circles.push({ cluster, x, y, r });
    }
    return circles;
  }

  /** Clusters are made anew at each half doubling of the scale alone, so that they stay as they are in between. */
  #clustersNow() {
    const level = Math.round(2 * Math.log2(this.view.scale));
    if (level !== this.#level) {
      this.#level = level;
      this.#clusters = clustersOf(this.places, 2 ** (level / 2));
      this.#rechoose();
    }
    return this.#clusters;
  }

  /** What was chosen may stand for other places now, or be in another circle. */
  #rechoose() {
    const { current } = this.view;
    if (this.#clusters.has(current)) this.chose(current);
    else this.view.choose(null);
  }

  seek(x, y) {
    const near = this.#seen.find((circle) => distance([circle.x, circle.y], [x, y]) <= circle.r + 3);
    return near?.cluster.head ?? null;
  }

  /** Says what a circle stands for; without one, what the map does. */
  chose(head) {
    const cluster = head && this.#clustersNow().get(head);
    if (!cluster) return this.say(this.#sum());
    const where = head.country ? `${head.name} (${head.country})` : head.name;
    const others = cluster.places.length - 1;
    const what = sumInWords(cluster.events, cluster.mean);
    this.say(others ? `${where} and ${counted(others, "place")} near it: ${what}` : `${where}: ${what}`);
  }

  #sum() {
    const events = this.places.reduce((sum, place) => sum + place.events, 0);
    return events ? `${counted(events, "event")} in ${counted(this.places.length, "place")}` : "No event has a place.";
  }

  /** Opens a place; zooms into several, unless they stay one however near one looks. */
  act(head, event) {
    const { places } = this.#clustersNow().get(head);
    const box = boxAround(places);
    const isOne = Math.max(box.x1 - box.x0, box.y1 - box.y0) * this.view.scale < 1 || !this.view.canZoom(1.2);
    if (!isOne) return this.view.show(grown(box, 0.15));
    if (head.href) follow(head.href, event);
  }

  /** Goes to the next smaller or larger circle in sight or out of it. */
  #step(by) {
    const heads = [...this.#clustersNow().keys()];
    const now = heads.indexOf(this.view.current);
    const head = heads[clamped(now + by, 0, heads.length - 1)];
    if (!head) return;
    this.view.choose(head);
    this.view.reveal(...this.view.spot(head.x, head.y));
  }
}

/** Gives the points, which are ours alone, their x and y in the drawing; those with the most events come first. */
function placed(points, projection) {
  for (const point of points) [point.x, point.y] = projection([point.lon, point.lat]);
  return points.sort((one, other) => other.events - one.events);
}

/**
 * Gathers places that are less than APART pixels from each other at this scale, around the one with the most events:
 * {head, places, events, mean} by head, those with the most events first.
 */
function clustersOf(places, scale) {
  const reach = APART / scale;
  const cells = new Map();
  const clusters = new Map();
  for (const place of places) {
    const column = Math.floor(place.x / reach);
    const row = Math.floor(place.y / reach);
    const cluster = nearest(cells, column, row, place, reach);
    if (cluster) {
      cluster.places.push(place);
    } else {
      const own = { head: place, places: [place] };
      clusters.set(place, own);
      const key = keyOf(column, row);
      if (cells.has(key)) cells.get(key).push(own);
      else cells.set(key, [own]);
    }
  }
  for (const cluster of clusters.values()) Object.assign(cluster, sumOf(cluster.places));
  return new Map([...clusters].sort(([, one], [, other]) => other.events - one.events));
}

/** The cluster within reach of a place whose head is the nearest. It lies in the place's cell or one beside it. */
function nearest(cells, column, row, place, reach) {
  let best = null;
  let least = reach;
  for (let i = column - 1; i <= column + 1; i++) {
    for (let j = row - 1; j <= row + 1; j++) {
      for (const cluster of cells.get(keyOf(i, j)) ?? []) {
        const far = Math.hypot(cluster.head.x - place.x, cluster.head.y - place.y);
        if (far < least) [best, least] = [cluster, far];
      }
    }
  }
  return best;
}

// One number for two, as a Map finds numbers sooner than words.
function keyOf(column, row) {
  return column * 1e6 + row;
}

/** Events of places together, and their mean weighed by them; null where none has one. */
function sumOf(places) {
  let [events, weight, sum] = [0, 0, 0];
  for (const place of places) {
    events += place.events;
    if (place.mean === null) continue;
    weight += place.events;
    sum += place.events * place.mean;
  }
  return { events, mean: weight ? sum / weight : null };
}

/** Land, borders and the edge of the world as paths, made once: to zoom them is cheaper than to project them again. */
function shapesOf(world, projection) {
  const { countries, land } = world.objects;
  const path = (shape) => {
    const made = new Path2D();
    d3.geoPath(projection, made)(shape);
    return made;
  };
  return {
    land: path(topojson.feature(world, land)),
    borders: path(topojson.mesh(world, countries)),
    edge: path({ type: "Sphere" }),
  };
}

/** Where one begins: around the places, but no nearer than the neighbouring countries. */
function homeOf(places, whole) {
  if (!places.length) return whole;
  const box = grown(boxAround(places), 0.1);
  const more = Math.max(0, WIDE / 16 - Math.max(box.x1 - box.x0, box.y1 - box.y0)) / 2;
  return { x0: box.x0 - more, x1: box.x1 + more, y0: box.y0 - more, y1: box.y1 + more };
}

function boxAround(places) {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity };
  for (const { x, y } of places) {
    box.x0 = Math.min(box.x0, x);
    box.x1 = Math.max(box.x1, x);
    box.y0 = Math.min(box.y0, y);
    box.y1 = Math.max(box.y1, y);
  }
  return box;
}

function grown({ x0, y0, x1, y1 }, share) {
  const [dx, dy] = [(x1 - x0) * share, (y1 - y0) * share];
  return { x0: x0 - dx, x1: x1 + dx, y0: y0 - dy, y1: y1 + dy };
}

function boxOf([[x0, y0], [x1, y1]]) {
  return { x0, y0, x1, y1 };
}

/** "The largest of 12" is told by its name and how many more there are. */
function titleOf({ head, places }) {
  return places.length > 1 ? `${head.name} +${(places.length - 1).toLocaleString("en")}` : head.name;
}

const COMPACT = new Intl.NumberFormat("en", { notation: "compact" });

function short(number) {
  return COMPACT.format(number);
}

onEach("figure.map[data-json]", (figure, signal) => new WorldMap(figure, signal));
