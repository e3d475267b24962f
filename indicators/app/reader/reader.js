// A page of a document with its numbers marked. The text is made of text nodes only: a document cannot bring markup.
//
// From Python come `data`: text, marks [[start, end, kind, note], ...] in order and disjoint, chosen (a start or -1),
// first (where the text begins in its document), words. Offsets count characters (code points), as Python does.
// To Python goes the trigger `chosen`: the start of a number in its document.
//
// One number is in the tab order; arrows, Home and End move between them, Enter or the space bar chooses.

const drawn = new WeakMap(); // the component's element -> what it holds

export default function reader(component) {
  const {data, parentElement} = component;
  const state = drawn.get(parentElement) ?? {page: null, chosen: -1};
  drawn.set(parentElement, state);
  state.component = component;
  if (state.page === null || state.text !== data.text || state.first !== data.first || differ(state.marks, data.marks)) {
    state.page?.remove();
    state.page = build(data, state);
    Object.assign(state, {text: data.text, first: data.first, marks: data.marks, chosen: -1});
    parentElement.append(state.page);
  }
  if (state.chosen !== data.chosen) choose(state, data.chosen);
  return () => {};
}

function differ(before, now) {
  return before.length !== now.length || before.some((mark, at) => mark.some((cell, part) => cell !== now[at][part]));
}

function build({text, marks, words}, state) {
  const letters = [...text];
  const page = document.createElement("div");
  page.className = "reading";
  page.setAttribute("role", "group");
  page.setAttribute("aria-label", words.label);
  let position = 0;
  for (const [start, end, kind, note] of marks) {
    page.append(letters.slice(position, start).join(""));
    const mark = document.createElement("mark");
    mark.className = kind;
    mark.textContent = letters.slice(start, end).join("");
    mark.title = note;
    mark.tabIndex = -1;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-description", note);
    mark.dataset.start = start;
    page.append(mark);
    position = end;
  }
  page.append(letters.slice(position).join(""));
  const all = [...page.querySelectorAll("mark")];
  (all[0] ?? page).tabIndex = 0; // a text that scrolls is reached by keyboard even without a number
  page.addEventListener("click", ({target}) => tell(state, target.closest("mark")));
  page.addEventListener("keydown", (event) => typed(event, all, state));
  return page;
}

function typed(event, all, state) {
  const at = all.indexOf(event.target);
  if (at < 0) return;
  const next = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: all.length - 1};
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    tell(state, event.target);
  } else if (event.key in next && all[next[event.key]]) {
    event.preventDefault();
    const mark = all[next[event.key]];
    only(all, mark);
    mark.focus();
  }
}

// One mark alone is reached by Tab.
function only(all, mark) {
  for (const one of all) one.tabIndex = one === mark ? 0 : -1;
}

function tell(state, mark) {
  if (!mark) return;
  state.component.setTriggerValue("chosen", Number(mark.dataset.start) + state.first);
}

function choose(state, start) {
  state.chosen = start;
  const all = [...state.page.querySelectorAll("mark")];
  let found = null;
  for (const mark of all) {
    const here = Number(mark.dataset.start) === start;
    mark.classList.toggle("chosen", here);
    if (here) mark.setAttribute("aria-current", "true");
    else mark.removeAttribute("aria-current");
    if (here) found = mark;
  }
  if (!found) return;
  only(all, found);
  const {page} = state;
  const top = found.offsetTop - page.offsetTop;
  if (top < page.scrollTop || top + found.offsetHeight > page.scrollTop + page.clientHeight) {
    page.scrollTop = top - page.clientHeight / 3;
  }
}
