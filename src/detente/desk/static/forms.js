// Forms that ask: what nobody filled in does not stand in the address, which people share and cite.

document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return; // of what is decided, an empty field says something, too
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});
