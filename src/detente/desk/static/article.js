// The article page: a piece of the text and the reports that stand on it light up together.

import { onEach } from "./shared.js";

const MARK = "mark[data-reports]";
const CARD = ".card[data-report]";

onEach(MARK, (mark) => {
  listen(mark, () => lightMark(mark));
  // a finger neither hovers nor, in every browser, focuses
  mark.addEventListener("click", () => {
    lightMark(mark);
    show(litCard());
  });
});
onEach(CARD, (card) => listen(card, () => lightCard(card)));
document.addEventListener("keydown", onKey);

let mouse = [];
document.addEventListener("pointermove", ({ clientX, clientY }) => {
  mouse = [clientX, clientY];
});

function listen(element, enter) {
  element.addEventListener("pointerenter", ({ clientX, clientY }) => {
    // a mouse that rests enters whatever is scrolled beneath it by the keys
    if (clientX !== mouse[0] || clientY !== mouse[1]) enter();
  });
  element.addEventListener("focusin", enter);
  element.addEventListener("pointerleave", rest);
  element.addEventListener("focusout", rest);
}

/** Lights the reports of these ids wherever they are, and nothing else. */
function light(ids) {
  for (const mark of document.querySelectorAll(MARK)) {
    mark.classList.toggle("is-on", reportsOf(mark).some((id) => ids.includes(id)));
  }
  for (const card of document.querySelectorAll(CARD)) {
    card.classList.toggle("is-on", ids.includes(card.dataset.report));
  }
}

function lightMark(mark) {
  light(reportsOf(mark));
  scrollColumn(litCard());
}

function lightCard(card) {
  light([card.dataset.report]);
}

function reportsOf(mark) {
  return mark.dataset.reports.split(" ");
}

function litCard() {
  return document.querySelector(`${CARD}.is-on`);
}

function litMark() {
  return document.querySelector(`${MARK}.is-on`);
}

/** What has the focus stays lit when the mouse has gone. */
function rest() {
  const mark = document.activeElement?.closest(MARK);
  const card = document.activeElement?.closest(CARD);
  if (mark) light(reportsOf(mark));
  else if (card) lightCard(card);
  else light([]);
}

/** Brings a card into sight by its own column alone: if the page moved, the text would slip from under the mouse. */
function scrollColumn(card) {
  const column = card?.closest(".beside");
  if (!column) return;
  const [inner, outer] = [card.getBoundingClientRect(), column.getBoundingClientRect()];
  const above = Math.min(0, inner.top - outer.top);
  const below = Math.max(0, inner.bottom - outer.bottom);
  column.scrollBy({ top: above || below });
}

function show(element) {
  element?.scrollIntoView({ block: "nearest" });
}

const KEYS = { j: () => step(1), k: () => step(-1), Escape: clear };

function onKey(event) {
  const elsewhere = event.target.closest("input, textarea, select, [contenteditable], [role=application]");
  if (elsewhere || event.ctrlKey || event.metaKey || event.altKey) return;
  KEYS[event.key]?.();
}

/** Goes to the next report, or the one before; from nowhere to the first, or the last. */
function step(by) {
  const cards = [...document.querySelectorAll(CARD)];
  const now = cards.indexOf(litCard());
  const next = now < 0 && by < 0 ? cards.at(-1) : cards[now + by];
  if (!next) return;
  next.focus({ preventScroll: true });
  show(litMark());
  show(next);
}

function clear() {
  // what has the focus would be lit again as soon as the mouse moves
  if (document.activeElement?.closest(`${MARK}, ${CARD}`)) document.activeElement.blur();
  light([]);
}
