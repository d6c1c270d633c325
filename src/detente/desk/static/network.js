// Who dealt with whom: actors and their relations, laid out by the server.
//
// Drawn on a plain canvas: a library that needs WebGL fails on old desktops and remote screens, and a canvas draws
// some thousands of lines in a few hundredths of a second.

import { addLegend, counted, dataOf, follow, fontOf, onEach, paneOf, sumInWords, toneOf, tookOver } from "./shared.js";
import { clamped, distance, radiusOf, View, writeLabels } from "./view.js";

const SMALLEST = 3.5;
const LARGEST = 16;
const WIDEST = 5;
const NAMED = 60; // more names at once than this and none is found; zooming in names the rest
// With more relations than this the mouse, on its way to an actor, would light one after the other.
const CALM = 400;
const MARGIN = 1.15; // around the layout, which reaches from -1 to 1
const KEYS =
  "Arrows go to the nearest actor that way, Page Down and Page Up through its relations, Enter opens. " +
  "+ and − zoom, 0 shows all.";

class Network {
  most = 12;
  keys = {
    ArrowLeft: () => this.#go(-1, 0),
    ArrowRight: () => this.#go(1, 0),
    ArrowUp: () => this.#go(0, -1),
    ArrowDown: () => this.#go(0, 1),
    PageDown: () => this.#step(1),
    PageUp: () => this.#step(-1),
  };
  #actor = null; // whose relations the keys go through

  constructor(figure, signal) {
    this.figure = figure;
    Object.assign(this, joined(dataOf(figure)));
    const label = figure.dataset.label ?? "network of actors";
    const { pane, say } = paneOf(figure, { kind: "network", label, keys: KEYS });
    this.pane = pane;
    this.say = say;
    addLegend(figure, [["thaw", "friendly"], ["faint", "mixed"], ["freeze", "hostile"], ["size", "size: events"]]);
    this.view = new View(figure, pane, this, signal);
    this.chose(null);
    tookOver(figure);
  }

  /** The layout is square; a wide pane draws it wide. */
  get stretch() {
    return clamped(this.pane.clientWidth / this.pane.clientHeight, 1, 2);
  }

  get whole() {
    const wide = MARGIN * this.stretch;
    return { x0: -wide, y0: -MARGIN, x1: wide, y1: MARGIN };
  }

  get home() {
    return this.whole;
  }

  paint(context, colours) {
    const { stretch, view } = this;
    for (const node of this.nodes) node.spot = view.spot(node.x * stretch, node.y);
    const lit = litBy(view.current);
    this.#paintEdges(context, colours, lit);
    for (const node of this.nodes) this.#paintNode(context, colours, node, lit);
    this.#write(context, colours, lit);
    context.globalAlpha = 1;
  }

  #paintEdges(context, colours, lit) {
    const faded = this.edges.filter((edge) => !lit?.edges.has(edge));
    context.globalAlpha = lit ? 0.07 : clamped(10 / Math.sqrt(faded.length), 0.12, 0.8);
    stroke(context, colours, faded);
    if (!lit) return;
    context.globalAlpha = 0.9;
    stroke(context, colours, [...lit.edges]);
  }

  #paintNode(context, colours, node, lit) {
    const chosen = node === this.view.current;
    context.globalAlpha = !lit || lit.nodes.has(node) ? 1 : 0.15;
    context.beginPath();
    context.arc(...node.spot, node.r, 0, 7);
    context.fillStyle = colours.ink;
    context.fill();
    Object.assign(context, { strokeStyle: colours.ground, lineWidth: 1.5 });
    context.stroke();
    if (!chosen) return;
    context.beginPath();
    context.arc(...node.spot, node.r + 3, 0, 7);
    Object.assign(context, { strokeStyle: colours.ink, lineWidth: 2 });
    context.stroke();
  }

  /** Names of the actors that are lit, the busiest first, as far as there is room. */
  #write(context, colours, lit) {
    const nodes = this.nodes.filter((node) => (!lit || lit.nodes.has(node)) && this.view.isSeen(...node.spot));
    const marks = nodes.slice(0, NAMED).map(({ spot: [x, y], r, label }) => ({ x, y, r, words: label }));
    context.globalAlpha = 1;
    context.font = fontOf(this.figure, 12);
    writeLabels(context, colours, marks, marks.filter(({ r }) => r > LARGEST / 3), 14);
  }

  seek(x, y) {
    const near = (node) => distance(node.spot, [x, y]) - node.r;
    const node = least(this.nodes, near);
    if (node && near(node) < 4) return node;
    if (this.edges.length > CALM) return null;
    const far = (edge) => distanceToLine([x, y], edge.from.spot, edge.to.spot);
    const edge = least(this.edges, far);
    return edge && far(edge) < 4 ? edge : null;
  }

  /** Says what was chosen, and notes the actor from whom the keys go on. */
  chose(thing) {
    if (!thing) {
      this.say(`${counted(this.nodes.length, "actor")}, ${counted(this.edges.length, "relation")}`);
    } else if (thing.edges) {
      this.#actor = thing;
      this.say(nodeInWords(thing));
    } else {
      if (thing.from !== this.#actor && thing.to !== this.#actor) this.#actor = thing.from;
      this.say(`${thing.from.label} and ${thing.to.label}: ${sumInWords(thing.events, thing.mean)}`);
    }
  }

  act(thing, event) {
    if (thing.href) follow(thing.href, event);
  }

  /** Goes to the nearest actor in a direction; from nowhere to the busiest. */
  #go(dx, dy) {
    const from = this.view.current && this.#actor;
    const way = (node) => costOf(node.spot[0] - from.spot[0], node.spot[1] - from.spot[1], dx, dy);
    const next = from ? least(this.nodes, way) : this.nodes[0];
    if (!next || (from && way(next) === Infinity)) return;
    this.view.choose(next);
    this.view.reveal(...next.spot);
  }

  /** Goes through the relations of the actor where one is, the busiest first. */
  #step(by) {
    if (!this.view.current) return this.#go(1, 0);
    const { edges } = this.#actor;
    const now = edges.indexOf(this.view.current);
    const next = now < 0 && by < 0 ? edges.at(-1) : edges[now + by];
    this.view.choose(next ?? this.#actor);
  }
}

/** Nodes and edges that know each other, the busiest of both first. */
function joined({ nodes, edges }) {
  const busiest = (one, other) => other.events - one.events;
  nodes.sort(busiest);
  edges.sort(busiest);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) {
    const r = radiusOf(node.events, nodes[0].events, SMALLEST, LARGEST);
    Object.assign(node, { edges: [], neighbours: new Set(), r });
  }
  for (const edge of edges) {
    edge.from = byId.get(edge.source);
    edge.to = byId.get(edge.target);
    edge.tone = toneOf(edge.mean);
    edge.wide = Math.min(WIDEST, 0.75 + 0.6 * Math.log(Math.max(1, edge.events)));
    link(edge, edge.from, edge.to);
    link(edge, edge.to, edge.from);
  }
  return { nodes, edges };
}

function link(edge, node, other) {
  node.edges.push(edge);
  node.neighbours.add(other);
}

/** What stays bright when this is chosen; null for all. */
function litBy(thing) {
  if (!thing) return null;
  if (thing.edges) return { nodes: new Set([thing, ...thing.neighbours]), edges: new Set(thing.edges) };
  return { nodes: new Set([thing.from, thing.to]), edges: new Set([thing]) };
}

function nodeInWords({ label, kind, events, neighbours }) {
  const who = kind ? `${label} (${kind})` : label;
  return `${who}: ${counted(events, "event")}, ${counted(neighbours.size, "neighbour")}`;
}

/** Edges of one colour and width are one path: thousands of strokes of their own would take far longer. */
function stroke(context, colours, edges) {
  const paths = new Map();
  // the busiest last, on top
  for (const edge of edges.toReversed()) {
    const wide = Math.round(edge.wide * 2) / 2;
    const key = `${edge.tone} ${wide}`;
    if (!paths.has(key)) paths.set(key, { path: new Path2D(), colour: colours[edge.tone], wide });
    paths.get(key).path.moveTo(...edge.from.spot);
    paths.get(key).path.lineTo(...edge.to.spot);
  }
  for (const { path, colour, wide } of paths.values()) {
    Object.assign(context, { strokeStyle: colour, lineWidth: wide });
    context.stroke(path);
  }
}

/** How far a node lies in a direction, the farther the more it lies aside; Infinity for one the other way. */
function costOf(x, y, dx, dy) {
  const along = x * dx + y * dy;
  return along > 0 ? (x * x + y * y) / along : Infinity;
}

function distanceToLine([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const share = clamped(((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return distance([x, y], [x0 + share * dx, y0 + share * dy]);
}

function least(things, cost) {
  let best = null;
  let lowest = Infinity;
  for (const thing of things) {
    const now = cost(thing);
    if (best === null || now < lowest) [best, lowest] = [thing, now];
  }
  return best;
}

onEach("figure.network[data-json]", (figure, signal) => new Network(figure, signal));
