// What the figures have in common: their data, colours and words, where they draw, and when to draw again.

const NAMES = ["thaw", "freeze", "ink", "faint", "line", "ground"];

// A mean nearer to zero than this is neither thaw nor freeze.
const MIXED = 0.5;

/**
 * Calls setUp(element, signal) for each element that the page has and each that htmx brings later.
 * The signal aborts when htmx takes the element away: give it to every listener.
 */
export function onEach(selector, setUp) {
  const here = new Map();
  const look = () => {
    for (const element of document.querySelectorAll(selector)) {
      if (here.has(element)) continue;
      const gone = new AbortController();
      here.set(element, gone);
      setUp(element, gone.signal);
    }
  };
  look();
  document.addEventListener("htmx:load", look);
  document.addEventListener("htmx:beforeCleanupElement", ({ target }) => {
    here.get(target)?.abort();
    here.delete(target);
  });
}

/** The JSON that the figure's data-json names. */
export function dataOf(figure) {
  return JSON.parse(document.getElementById(figure.dataset.json).textContent);
}

/** The page's colours as a canvas takes them: it knows neither var() nor light-dark(), so an element works them out. */
export function coloursOf(figure) {
  const probe = figure.appendChild(document.createElement("i"));
  const colours = {};
  for (const name of NAMES) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return colours;
}

export function fontOf(figure, size, weight = 400) {
  return `${weight} ${size}px ${getComputedStyle(figure).fontFamily}`;
}

/** "thaw", "freeze", or "faint" for what is mixed or not known. */
export function toneOf(mean) {
  if (mean === null || Math.abs(mean) < MIXED) return "faint";
  return mean > 0 ? "thaw" : "freeze";
}

/** Calls redraw when the element's size, the colour scheme or the screen's sharpness changes. */
export function onChange(element, redraw, signal) {
  const sizes = new ResizeObserver(redraw);
  sizes.observe(element);
  signal.addEventListener("abort", () => sizes.disconnect());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw, { signal });
  onSharpness(redraw, signal);
}

function onSharpness(redraw, signal) {
  // a query is true of one sharpness alone: once that is left, the next needs its own
  const changed = () => {
    redraw();
    onSharpness(redraw, signal);
  };
  matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener("change", changed, { signal, once: true });
}

/**
 * The parts of a figure that a script draws: `pane` to draw in, `say(words)` to tell what is chosen.
 *
 * The pane is an application to screen readers, because each arrow key has a meaning here that no plain role knows
 * (a slider has no range, and hides what is in it). It is the pane and not the figure, so that caption, keys, legend
 * and the words said are read as any text is.
 */
export function paneOf(figure, { kind, label, keys }) {
  const pane = made("div", { class: "pane", role: "application", tabindex: 0 });
  const help = made("p", { class: "keys", id: `${figure.dataset.json}-keys` }, keys);
  const output = made("output", { "aria-live": "polite" });
  pane.setAttribute("aria-label", label);
  pane.setAttribute("aria-roledescription", kind);
  pane.setAttribute("aria-describedby", help.id);
  const caption = figure.querySelector("figcaption");
  if (caption) caption.after(pane, help, output);
  else figure.append(pane, help, output);
  const say = (words) => {
    if (output.textContent !== words) output.textContent = words;
  };
  return { pane, say };
}

/** Hides what the page shows without script. */
export function tookOver(figure) {
  // not by `hidden`, which an SVG does not know
  for (const fallback of figure.querySelectorAll(".fallback")) fallback.style.display = "none";
}

/** What the colours mean, in words: [["thaw", "more friendly"], ...], the first of each pair a class. */
export function addLegend(figure, entries) {
  const legend = made("ul", { class: "legend" });
  legend.append(...entries.map(([tone, words]) => made("li", { class: tone }, words)));
  figure.append(legend);
}

export function made(tag, attributes = {}, words = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = words;
  return element;
}

/** "+5.0", "-2.0" */
export function signed(value) {
  return `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
}

/** "1 event", "12,345 events" */
export function counted(number, thing) {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

/** "3 events, mean -2.0" */
export function sumInWords(events, mean) {
  return mean === null ? counted(events, "event") : `${counted(events, "event")}, mean ${signed(mean)}`;
}

const DAY = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };

/** "2008-09-01" -> "1 September 2008"; other forms of date may be asked for in the options of Intl. */
export function dayInWords(iso, form = DAY) {
  return new Date(iso).toLocaleDateString("en-GB", { timeZone: "UTC", ...form });
}

/** Follows a link as a browser does: with Ctrl or Cmd in a new tab. */
export function follow(href, event) {
  if (event.ctrlKey || event.metaKey) open(href, "_blank", "noopener");
  else location.assign(href);
}
