// What was searched for last stands below the empty search box, on this computer only.
import { make, word } from "./words.js";

const MOST = 6;
const key = `recent:${document.body.dataset.user ?? ""}`;
const read = () => JSON.parse(localStorage.getItem(key) ?? "[]");

export function recent() {
  const box = document.getElementById("search");
  const hits = document.getElementById("search-hits");
  if (!box || !hits) return;
  const keep = () => {
    const text = box.value.trim();
    if (text) localStorage.setItem(key, JSON.stringify([text, ...read().filter((one) => one !== text)].slice(0, MOST)));
  };
  box.form.addEventListener("submit", keep);
  hits.addEventListener("click", (event) => event.target.closest("a") && keep());
  const show = () => {
    if (box.value.trim()) return;
    const items = read().map((text) => make("li", {}, make("a", { href: `${box.form.action}?q=${encodeURIComponent(text)}` }, text)));
    hits.replaceChildren(...(items.length ? [make("section", { class: "hits" }, make("h2", { class: "note" }, word("recent")), make("ul", {}, ...items))] : []));
  };
  box.addEventListener("focus", show);
  box.addEventListener("input", show);
}
