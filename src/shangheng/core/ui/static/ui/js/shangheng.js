// The page works without any of this; each module makes one thing quicker.
import { charts } from "./charts.js";
import { columns } from "./columns.js";
import { confirmations } from "./confirm.js";
import { drafts } from "./drafts.js";
import { drawer } from "./drawer.js";
import { keyboard } from "./keyboard.js";
import { menus } from "./menus.js";
import { recent } from "./recent.js";
import { printing } from "./printing.js";
import { requests } from "./requests.js";

requests();
menus();
confirmations();
drawer();
keyboard();
recent();

/** What must be done again for every part of a page that arrives later. */
function enliven(root) {
  charts(root);
  columns(root);
  drafts(root);
  printing(root);
  root.querySelector("[data-focus]")?.focus();
}

enliven(document);
document.addEventListener("htmx:after:swap", (event) => {
  const target = event.detail?.ctx?.target ?? event.target;
  enliven(target instanceof Element ? target : document);
});
