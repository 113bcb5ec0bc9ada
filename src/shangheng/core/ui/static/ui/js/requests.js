// Requests by htmx take the CSRF token of the page along, whatever element they come from.
export function requests() {
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = event.detail.ctx;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token && request.method !== "GET") request.headers["X-CSRFToken"] = token;
  });
}
