// The board: a card is taken to another stage by dragging it, or by its menu; the gate of the step opens in a
// dialog and asks for exactly what is missing. Arrow keys go from card to card. Without this, the menu
// leads to the page of the gate.
const dialog = document.getElementById("gate");
let carried = null;

const board = () => document.querySelector("[data-board]");
const cards = (lane) => [...lane.querySelectorAll("[data-card]")];

async function ask(link) {
  const url = new URL(link.href);
  url.searchParams.set("next", board().dataset.next);
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector(".gate-form");
  if (!answer.ok || answer.redirected || !form) return location.assign(link.href);
  const heading = document.createElement("h2");
  heading.textContent = `${page.querySelector("h1").textContent} · ${page.querySelector(".state").textContent.trim()}`;
  dialog.replaceChildren(heading, form);
  form.querySelector(".form-foot a").addEventListener("click", (event) => {
    event.preventDefault();
    dialog.close();
  });
  dialog.showModal();
}

function tell(text) {
  const said = document.createElement("p");
  const close = document.createElement("button");
  close.className = "button";
  close.textContent = "×";
  close.addEventListener("click", () => dialog.close());
  said.textContent = text;
  dialog.replaceChildren(said, close);
  dialog.showModal();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-gate]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  ask(link);
});

document.addEventListener("dragstart", (event) => {
  carried = event.target.closest?.("[data-card]");
  if (carried) event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const lane = carried && event.target.closest?.("[data-stage]");
  if (!lane) return;
  event.preventDefault();
  for (const other of board().querySelectorAll(".over")) other.classList.remove("over");
  lane.classList.add("over");
});
document.addEventListener("dragend", () => {
  for (const lane of board()?.querySelectorAll(".over") ?? []) lane.classList.remove("over");
  carried = null;
});
document.addEventListener("drop", (event) => {
  const lane = carried && event.target.closest?.("[data-stage]");
  if (!lane || lane.contains(carried)) return;
  event.preventDefault();
  const link = carried.querySelector(`a[data-to="${lane.dataset.stage}"]`);
  if (link) ask(link);
  else tell(board().dataset.barred);
});

document.addEventListener("keydown", (event) => {
  const card = event.target.closest?.("[data-card]");
  if (!card || event.ctrlKey || event.altKey || event.metaKey) return;
  const lane = card.closest("[data-stage]");
  const lanes = [...board().querySelectorAll("[data-stage]")].filter((each) => cards(each).length);
  const place = cards(lane).indexOf(card);
  const beside = (by) => lanes[lanes.indexOf(lane) + by] && cards(lanes[lanes.indexOf(lane) + by]);
  const next = {
    ArrowDown: () => cards(lane)[place + 1],
    ArrowUp: () => cards(lane)[place - 1],
    ArrowRight: () => beside(1)?.[Math.min(place, beside(1).length - 1)],
    ArrowLeft: () => beside(-1)?.[Math.min(place, beside(-1).length - 1)],
  }[event.key]?.();
  if (!next) return;
  event.preventDefault();
  next.querySelector("a").focus();
});
