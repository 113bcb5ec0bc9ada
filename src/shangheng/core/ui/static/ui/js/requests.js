// Requests by htmx take the CSRF token of the page along, whatever element they come from; those that a page makes by
// itself bear that the platform is busy.
export function requests() {
  document.addEventListener("htmx:config:request", (event) => {
    const { request } = event.detail.ctx;
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (token && request.method !== "GET") request.headers["X-CSRFToken"] = token;
  });
  // What is asked for again every few seconds stays as it is while the platform does not answer: the next time it may.
  document.addEventListener("htmx:before:response", (event) => {
    const again = event.target.getAttribute?.("hx-trigger")?.startsWith("every");
    if (again && event.detail.ctx.response.status >= 500) event.preventDefault();
  });
}
