// The component: one CodeMirror a key, kept alive over reruns of the page and over page changes.
//
// From Python come `data`: key, revision, text, label, ... The text is written into the editor only when `revision`
// differs from the one the editor holds: a rerun never touches what is being typed, and undo reaches back over it.
// To Python goes the state `edit`: {revision, sequence, text}, once nothing was typed for PAUSE milliseconds.
// What is typed is kept in the tab's own storage until it is saved: loading the page anew (F5) brings it back, as a
// change that undo takes back; where the file has changed meanwhile it is handed to Python as `left` instead.
// Marks (what is wrong, and where) come through a second component, so that the text travels once: see `marks.js`.

import {setDiagnostics} from "@codemirror/lint";
import {EditorSelection, EditorState, Prec} from "@codemirror/state";
import {EditorView, keymap} from "@codemirror/view";

import {completions} from "./completions.js";
import {basics, inWords, words} from "./setup.js";

const PAUSE = 200; // milliseconds after the last key stroke
const MARKS = "indicators-editor-marks"; // the event of marks.js
const DRAFT = "indicators-draft-"; // name in the tab's storage, before the key
const kept = new Map(); // key -> Editor; outlives its place in the page

class Editor {
  constructor(data) {
    this.key = data.key;
    this.data = data;
    this.sequence = 0;
    this.dirty = false; // something was typed that Python has not been told
    this.view = new EditorView({state: this.fresh(data.text)});
    this.draft = JSON.parse(sessionStorage.getItem(DRAFT + data.key) ?? "null");
    globalThis.addEventListener(MARKS, ({detail}) => detail.key === this.key && this.mark(detail));
  }

  fresh(text) {
    return EditorState.create({
      doc: text,
      extensions: [
        Prec.high(keymap.of([{key: "Mod-s", preventDefault: true, run: () => this.save()}])),
        words.of(inWords(this.data)),
        completions(() => this.data.vocabulary),
        basics,
        EditorView.updateListener.of((update) => update.docChanged && this.changed()),
        EditorView.domEventHandlers({
          blur: () => this.tell(),
          compositionend: () => this.later(),
        }),
      ],
    });
  }

  // Called with every rerun that brought other data, and when the page shows the editor again.
  show(component) {
    const {data, parentElement} = component;
    const before = this.data;
    this.component = component;
    this.data = data;
    if (this.view.dom.parentElement !== parentElement) parentElement.append(this.view.dom);
    this.view.dom.style.setProperty("--editor-height", data.height);
    if (before.language !== data.language) this.view.dispatch({effects: words.reconfigure(inWords(data))});
    if (before.revision !== data.revision) this.replace(data.text);
    this.recall();
    if (data.goto && this.went !== data.goto.asked) this.goto(data.goto);
    this.mark(globalThis[MARKS]?.[this.key]);
  }

  // Another text from outside: only what differs is changed, so that undo takes it back and the cursor stays.
  replace(text) {
    const old = this.view.state.doc.toString();
    let from = 0;
    while (from < old.length && from < text.length && old[from] === text[from]) from++;
    let end = 0;
    while (end < Math.min(old.length, text.length) - from && old.at(-1 - end) === text.at(-1 - end)) end++;
    this.view.dispatch({changes: {from, to: old.length - end, insert: text.slice(from, text.length - end)}});
    this.sequence = 0;
    this.dirty = false;
    clearTimeout(this.timer);
  }

  // What was typed before the page was loaded anew.
  recall() {
    const {draft, data} = this;
    this.draft = null;
    if (draft && draft.file === data.file && draft.text !== data.text) {
      if (draft.saved === data.saved) this.view.dispatch({changes: {from: 0, to: data.text.length, insert: draft.text}});
      else this.component.setTriggerValue("left", draft.text);
    }
  }

  keep(text) {
    const {key, file, saved} = this.data;
    try {
      sessionStorage.setItem(DRAFT + key, JSON.stringify({file, saved, text}));
    } catch {
      // A full storage costs the draft of F5, not the typing.
    }
  }

  goto({asked, line}) {
    this.went = asked;
    const {doc} = this.view.state;
    const {from} = doc.line(Math.max(1, Math.min(line, doc.lines)));
    this.view.dispatch({
      selection: EditorSelection.cursor(from),
      effects: EditorView.scrollIntoView(from, {y: "start", yMargin: 40}),
    });
    this.view.focus();
  }

  changed() {
    this.dirty = true;
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), PAUSE);
  }

  // Tell Python the text; never amid a composition (Chinese input), whose letters are not yet text.
  tell() {
    if (!this.dirty || this.view.composing) return;
    clearTimeout(this.timer);
    this.dirty = false;
    this.sequence += 1;
    const {revision} = this.data;
    const text = this.view.state.doc.toString();
    this.keep(text);
    this.component.setStateValue("edit", {revision, sequence: this.sequence, text});
  }

  save() {
    this.tell();
    this.component.setTriggerValue("save", true);
    return true;
  }

  // Marks of the text as it stands; those of an older text are dropped, newer ones are on their way. Once the text is
  // saved or taken back, nothing is kept.
  mark(marks) {
    if (!marks || this.dirty || this.view.composing) return;
    if (marks.revision !== this.data.revision || marks.sequence !== this.sequence) return;
    if (!marks.touched) sessionStorage.removeItem(DRAFT + this.key);
    const {doc} = this.view.state;
    const found = marks.faults.filter(({line}) => line >= 1 && line <= doc.lines).map((fault) => {
      const {from, to, text} = doc.line(fault.line);
      const start = Math.min(from + [...text].slice(0, fault.column - 1).join("").length, to);
      const word = /^[^\s:,{}[\]]+/.exec(text.slice(start - from));
      const end = Math.min(to, start + Math.max(1, word ? word[0].length : 1));
      return {from: Math.min(start, Math.max(from, end - 1)), to: end, severity: fault.severity, message: fault.message};
    });
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }
}

export default function show(component) {
  const {data} = component;
  if (!kept.has(data.key)) kept.set(data.key, new Editor(data));
  kept.get(data.key).show(component);
  return () => kept.get(data.key).view.dom.remove();
}
