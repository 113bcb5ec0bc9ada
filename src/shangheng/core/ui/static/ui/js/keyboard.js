// Ctrl/⌘ K goes to the search box, / to the filter of a list or else to the search box; ↑ ↓ walk its hits or the rows of a table, Enter opens (a link does that itself).
export function keyboard() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return search(event);
    if (event.target.closest?.(".search") && event.key.startsWith("Arrow")) return walkHits(event);
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return undefined;
    if (event.key === "/") return search(event, document.querySelector(".filter-form input[type=search]"));
    if (event.key === "ArrowDown") return walk(event, 1);
    if (event.key === "ArrowUp") return walk(event, -1);
    return undefined;
  });
}

function typing(element) {
  return element.isContentEditable || element.matches?.("input, select, textarea");
}

function search(event, filter) {
  const box = filter ?? document.getElementById("search");
  if (!box) return;
  event.preventDefault();
  box.focus();
  box.select();
}

function walkHits(event) {
  const stops = [document.getElementById("search"), ...document.querySelectorAll("#search-hits a")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = step && stops[stops.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function walk(event, step) {
  const table = event.target.closest?.("table[data-rows]") ?? (event.target === document.body && document.querySelector("table[data-rows]"));
  if (!table) return;
  const links = [...table.querySelectorAll("tbody tr")].map((row) => row.querySelector("a.row-link") ?? row.querySelector("a")).filter(Boolean);
  const row = event.target.closest?.("tr");
  const now = links.findIndex((link) => row?.contains(link));
  const next = links[now < 0 ? (step > 0 ? 0 : links.length - 1) : now + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}
