// The box in the head of a table ticks or clears every row of the page; the table works without it.
function prepare(root) {
  for (const all of root.querySelectorAll("input[data-tick-all]")) {
    if (!all.hidden) continue; // made ready before
    const boxes = () => [...all.form.querySelectorAll("input[name=posting]")];
    all.hidden = false;
    all.addEventListener("change", () => boxes().forEach((box) => (box.checked = all.checked)));
    all.form.addEventListener("change", () => {
      const ticked = boxes().filter((box) => box.checked).length;
      all.checked = ticked > 0 && ticked === boxes().length;
      all.indeterminate = ticked > 0 && ticked < boxes().length;
    });
  }
}

prepare(document);
document.addEventListener("htmx:after:swap", () => prepare(document));
