// A button with data-print prints the page; without scripts it stays hidden.
export function printing(root) {
  for (const button of root.querySelectorAll("[data-print][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
