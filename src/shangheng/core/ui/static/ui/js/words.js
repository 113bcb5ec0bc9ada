// Words of the page in its language; scripts carry none of their own.
const holder = document.getElementById("words");
const words = holder ? JSON.parse(holder.textContent) : {};

/** Return the word under `key`, with {name} replaced from `values`. */
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Make an element with attributes and children; text children are never read as markup. */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}
