// A button with data-confirm asks once more before its form is sent.
export function confirmations() {
  const dialog = document.getElementById("confirm");
  if (!dialog?.showModal) return;
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-confirm]");
    if (!button || button.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    dialog.querySelector("p").textContent = button.dataset.confirm;
    const yes = dialog.querySelector("[data-confirm-yes]");
    yes.textContent = button.textContent.trim();
    yes.classList.toggle("danger", button.classList.contains("danger"));
    yes.classList.toggle("primary", !button.classList.contains("danger"));
    dialog.returnValue = "no";
    dialog.addEventListener("close", () => answered(dialog, button), { once: true });
    dialog.showModal();
  }, true);
}

function answered(dialog, button) {
  button.focus();
  if (dialog.returnValue !== "yes") return;
  button.dataset.confirmed = "yes";
  button.click();
  delete button.dataset.confirmed;
}
