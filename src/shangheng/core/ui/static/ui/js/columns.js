// A table with data-columns="key" lets its reader choose columns; heads to choose from carry data-col.
import { make, word } from "./words.js";

export function columns(root) {
  for (const table of root.querySelectorAll("table[data-columns]")) prepare(table);
}

function prepare(table) {
  const slot = document.querySelector(`[data-columns-for="${CSS.escape(table.dataset.columns)}"]`);
  const key = `columns:${document.body.dataset.user ?? ""}:${table.dataset.columns}`;
  const hidden = new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  const apply = () => {
    for (const head of table.tHead.rows[0].cells) {
      if (!head.dataset.col) continue;
      for (const row of table.rows) {
        const cell = row.cells[head.cellIndex];
        if (cell && cell.colSpan === 1) cell.hidden = hidden.has(head.dataset.col);
      }
    }
  };
  apply();
  if (!slot || slot.childElementCount) return;
  const box = make("div", { class: "menu-body" });
  for (const head of table.tHead.rows[0].cells) {
    if (!head.dataset.col || head.dataset.col === "fixed") continue;
    const input = make("input", { type: "checkbox" });
    input.checked = !hidden.has(head.dataset.col);
    input.addEventListener("change", () => {
      if (input.checked) hidden.delete(head.dataset.col);
      else hidden.add(head.dataset.col);
      localStorage.setItem(key, JSON.stringify([...hidden]));
      document.querySelectorAll(`table[data-columns="${CSS.escape(table.dataset.columns)}"]`).forEach(() => apply());
    });
    box.append(make("label", {}, input, (head.querySelector(".sort") ?? head).firstChild.textContent.trim()));
  }
  slot.append(make("details", { class: "menu columns" }, make("summary", { class: "chip" }, word("columns")), box));
}
