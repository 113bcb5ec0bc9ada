// The drawer at the right: a figure's provenance or a record's preview beside the page.
// Links carry data-drawer; their own page is the fall-back and stays reachable from the drawer.
import { make, word } from "./words.js";

const panel = document.getElementById("drawer");
const body = document.getElementById("drawer-body");
const trail = [];
let opener = null;

export function drawer() {
  if (!panel || !window.htmx) return;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-drawer]");
    if (link && plainClick(event)) {
      event.preventDefault();
      open(link);
    }
  });
  panel.querySelector("[data-drawer-close]").addEventListener("click", close);
  panel.querySelector("[data-drawer-back]").addEventListener("click", back);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden && !document.querySelector("dialog[open]")) close();
  });
  if (body.textContent.trim()) panel.hidden = false;
}

function plainClick(event) {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

function open(link) {
  if (!panel.contains(link)) {
    trail.length = 0;
    opener?.removeAttribute("aria-expanded");
    opener = link;
    opener.setAttribute("aria-expanded", "true");
  }
  trail.push(link.href);
  show(link.href);
}

async function show(href) {
  panel.hidden = false;
  panel.querySelector("[data-drawer-page]").href = href;
  panel.querySelector("[data-drawer-back]").hidden = trail.length < 2;
  body.setAttribute("aria-busy", "true");
  if (!body.textContent.trim()) body.replaceChildren(make("p", { class: "muted" }, word("loading")));
  try {
    const answer = await fetch(href, { headers: { "HX-Request": "true", "HX-Target": "div#drawer-body" } });
    const elsewhere = answer.headers.get("HX-Redirect");
    if (elsewhere || answer.redirected) return location.assign(elsewhere ?? href);
    if (trail.at(-1) !== href) return;
    const text = await answer.text();
    if (!answer.ok && !text.trim()) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(text, "text/html");
    const part = page.querySelector("main") ?? page.body;
    body.replaceChildren(...part.childNodes);
    window.htmx.process(body);
    body.dispatchEvent(new CustomEvent("htmx:after:swap", { bubbles: true }));
  } catch {
    body.replaceChildren(
      make("p", { role: "alert" }, word("failed")),
      make("p", {}, make("a", { href }, word("page"))),
    );
  }
  body.removeAttribute("aria-busy");
  body.scrollTop = 0;
  body.focus({ preventScroll: true });
}

function back() {
  trail.pop();
  show(trail.at(-1));
}

function close() {
  panel.hidden = true;
  body.replaceChildren();
  trail.length = 0;
  opener?.removeAttribute("aria-expanded");
  opener?.focus();
  opener = null;
}
