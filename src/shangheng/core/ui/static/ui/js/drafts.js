// What a person typed and did not send survives a closed page and a session that ran out.
// A form with data-draft="key" is kept in this browser under that person until it has been taken.
import { make, word } from "./words.js";

const PREFIX = "draft:";
const user = document.body.dataset.user;
const place = (key) => `${PREFIX}${user}:${key}`;
const read = (name) => JSON.parse(localStorage.getItem(name) ?? "null");
const write = (name, draft) => localStorage.setItem(name, JSON.stringify(draft));

export function drafts(root) {
  if (root === document) settle();
  if (user) for (const form of root.querySelectorAll("form[data-draft]")) keep(form);
}

/** A sent draft was taken, unless this page asks to sign in, tells of a failure, or shows the form with errors. */
function settle() {
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) {
    const draft = read(name);
    if (!draft?.sent) continue;
    const refused = [...document.querySelectorAll("form[data-draft][data-bound]")].some((form) => place(form.dataset.draft) === name);
    if (!user || refused || document.body.classList.contains("plain")) write(name, { ...draft, sent: false });
    else if (name.startsWith(`${PREFIX}${user}:`)) localStorage.removeItem(name);
  }
}

function keep(form) {
  const name = place(form.dataset.draft);
  const state = form.querySelector(".draft-state");
  const draft = read(name);
  if (draft && !form.hasAttribute("data-bound")) restore(form, name, draft);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      write(name, { when: new Date().toISOString(), sent: false, values: values(form) });
      if (state) state.textContent = word("saved");
    }, 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(name, { when: new Date().toISOString(), sent: true, values: values(form) });
  });
}

function fields(form) {
  return [...form.elements].filter((e) => e.name && e.name !== "csrfmiddlewaretoken" && !["password", "file", "hidden", "submit", "button"].includes(e.type));
}

function values(form) {
  return fields(form).map((e) => [e.name, ["checkbox", "radio"].includes(e.type) ? `${e.value}:${e.checked}` : e.value]);
}

function restore(form, name, draft) {
  const before = values(form);
  const kept = draft.values;
  fields(form).forEach((field, i) => {
    if (kept[i]?.[0] !== field.name) return;
    if (["checkbox", "radio"].includes(field.type)) field.checked = kept[i][1] === `${field.value}:true`;
    else field.value = kept[i][1];
  });
  if (JSON.stringify(before) === JSON.stringify(values(form))) return;
  const when = new Date(draft.when).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  const discard = make("button", { class: "button quiet", type: "button" }, word("discard"));
  const note = make("p", { class: "draft-note", role: "status" }, make("span", {}, word("draft", { when })), discard);
  discard.addEventListener("click", () => {
    localStorage.removeItem(name);
    form.reset();
    note.remove();
  });
  form.prepend(note);
}
