// Marking rows: the box in the head takes the whole page, x or Space marks the row that is read, and the
// foot says how many are marked. Without this the boxes work one by one.
import { word } from "../ui/js/words.js";

const boxes = (form) => [...form.querySelectorAll("input[name=row]")];

function prepare(root) {
  for (const all of root.querySelectorAll("input[data-tick-all]")) {
    if (!all.hidden) continue; // made ready before
    all.hidden = false;
    const tell = () => told(all);
    all.addEventListener("change", () => {
      for (const box of boxes(all.form)) box.checked = all.checked;
    });
    all.form.addEventListener("change", tell);
    tell();
  }
}

function told(all) {
  const marked = boxes(all.form).filter((box) => box.checked).length;
  all.checked = marked > 0 && marked === boxes(all.form).length;
  all.indeterminate = marked > 0 && !all.checked;
  const count = all.form.querySelector("[data-tick-count]");
  if (!count) return;
  count.hidden = marked === 0;
  count.textContent = word("marked", { n: marked });
}

document.addEventListener("keydown", (event) => {
  if (![" ", "x"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey || !event.target.matches?.("a.row-link")) return;
  const box = event.target.closest("tr")?.querySelector("input[name=row]");
  if (!box) return;
  event.preventDefault();
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
});
// A list that asks anew by itself waits while somebody has a hand in it: rows marked, a menu open, a row read.
document.addEventListener("htmx:before:request", (event) => {
  const list = event.target.closest?.("[data-list-anew]")?.parentElement;
  if (list && list.querySelector("input[name=row]:checked, details[open], :focus")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

prepare(document);
document.addEventListener("htmx:after:swap", () => prepare(document));
