// What all pages have in common.

// Of a form that asks, what nobody filled in does not stand in the address, which people share and cite.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return; // of what is decided, an empty field says something, too
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// Where a list goes on in place of the link to the rest, the keyboard goes on with the first of what came.
let goesOn = false;
document.addEventListener("htmx:beforeSwap", ({ target }) => {
  goesOn = target.matches(".more") && target.contains(document.activeElement);
});
document.addEventListener("htmx:load", ({ target }) => {
  if (goesOn) target.querySelector("a")?.focus();
  goesOn = false;
});
