// The tree of units opens and closes: by its arrows, by → ← on a line, all at once. Without scripts it stands open.
const tree = document.querySelector(".outline");
if (tree) grow(tree);

function grow(tree) {
  const rows = [...tree.querySelectorAll("tbody tr")];
  const level = (row) => Number(row.getAttribute("aria-level"));
  const open = (row) => row.getAttribute("aria-expanded") !== "false";
  const shut = new Set(JSON.parse(sessionStorage.getItem("units.shut") ?? "[]"));

  function show() {
    let under = Infinity;
    for (const row of rows) {
      row.hidden = level(row) > under;
      if (row.hidden) continue;
      under = row.hasAttribute("aria-expanded") && !open(row) ? level(row) : Infinity;
    }
  }

  function turn(row, wide) {
    if (!row.hasAttribute("aria-expanded")) return;
    row.setAttribute("aria-expanded", String(wide));
    row.querySelector(".twig button")?.setAttribute("aria-label", wide ? tree.dataset.shut : tree.dataset.open);
    if (wide) shut.delete(row.id);
    else shut.add(row.id);
    sessionStorage.setItem("units.shut", JSON.stringify([...shut]));
    show();
  }

  rows.forEach((row, place) => {
    if (!rows[place + 1] || level(rows[place + 1]) <= level(row)) return;
    row.setAttribute("aria-expanded", "true");
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.append(tree.querySelector("template").content.cloneNode(true));
    button.addEventListener("click", () => turn(row, !open(row)));
    row.querySelector(".twig").append(button);
    turn(row, tree.hasAttribute("data-looked-for") || !shut.has(row.id));
  });

  for (const button of document.querySelectorAll("[data-outline]")) {
    button.hidden = false;
    button.addEventListener("click", () => rows.forEach((row) => turn(row, button.dataset.outline === "open")));
  }

  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.(".outline tbody tr");
    if ((!row && event.target !== document.body) || event.ctrlKey || event.metaKey || event.altKey) return;
    const seen = rows.filter((one) => !one.hidden);
    const at = seen.indexOf(row);
    const next = { ArrowDown: seen[at + 1], ArrowUp: seen[at < 0 ? seen.length - 1 : at - 1] }[event.key] ?? sideways(event.key, row, seen, at);
    if (!next) return;
    event.preventDefault();
    next.querySelector("a.row-link").focus();
    next.scrollIntoView({ block: "nearest" });
  });

  function sideways(key, row, seen, at) {
    if (!row) return null;
    const parent = seen.slice(0, at).findLast((one) => level(one) < level(row));
    if (key === "ArrowRight" && row.hasAttribute("aria-expanded")) return open(row) ? seen[at + 1] : (turn(row, true), row);
    if (key === "ArrowLeft") return row.hasAttribute("aria-expanded") && open(row) ? (turn(row, false), row) : parent;
    return null;
  }
}
