// What can be written at the cursor: keys of the entry, values of the key, macros in a pattern.
//
// `vocabulary` comes from the JSON Schema of config.yaml: {keys, values, macros}, each option {label, detail}. `keys`
// and `values` are by path, with * for an id and no index for a list: "indicators.*.examples". Topics, macros and ids
// that the text itself holds are added as they stand at the moment.

import {acceptCompletion, autocompletion} from "@codemirror/autocomplete";
import {Prec} from "@codemirror/state";
import {keymap} from "@codemirror/view";

const ENTRY = /^(\s*)((?:-\s+)*)(?:"([^"]+)"|'([^']+)'|([^\s#:'"{[-][^:#]*?))\s*:(?:\s|$)/;
const NAMED = new Set(["topics", "macros", "indicators", "checks"]); // keys below these are names of the user's own

export function completions(vocabulary) {
  return [
    autocompletion({override: [(context) => complete(context, vocabulary())], icons: false, maxRenderedOptions: 60}),
    Prec.highest(keymap.of([{key: "Tab", run: acceptCompletion}])),
  ];
}

function complete(context, vocabulary) {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  if (/^\s*#|\s#\s/.test(before)) return null;
  const place = pathAt(context.state.doc, line.number, before);
  const open = /\{[^\s{}'",:]*$/.exec(before);
  if (open && isPattern(place)) return offer(context.pos - open[0].length, macros(context.state.doc, vocabulary));
  const value = /(?:^|[\s{,])[\w]+:\s+(['"]?[^\s,{}[\]'"]*)$/.exec(before) ?? /(?:^\s*-\s+|[[,]\s*)([^\s,{}[\]'"]*)$/.exec(before);
  if (value && vocabulary.values[place] !== undefined) {
    return offer(context.pos - value[1].length, values(context.state.doc, place, vocabulary));
  }
  const key = /(?:^\s*(?:-\s+)?|[{,]\s*)([\w]*)$/.exec(before);
  const inside = place.split(".").slice(0, -1).join(".");
  const parent = vocabulary.keys[place] ? place : inside;
  if (!key || !vocabulary.keys[parent] || (!key[1] && !context.explicit)) return null;
  return offer(context.pos - key[1].length, vocabulary.keys[parent].map((option) => ({...option, apply: `${option.label}: `})));
}

function offer(from, options) {
  return {from, options, validFor: /^[^\s,'"]*$/};
}

function isPattern(place) {
  return /^(indicators\.\*\.(patterns|unless)|macros\.\*)$/.test(place);
}

// The path of the place at the end of `before`, the beginning of line `number`: the entries around it by indentation,
// then those of a flow mapping open on the line, then the key before the cursor.
export function pathAt(doc, number, before) {
  const path = [];
  let indent = /^[\s-]*/.exec(before)[0].length;
  const own = ENTRY.exec(`${before} `);
  if (own) indent = own[1].length + own[2].length;
  for (let at = number - 1; at >= 1 && indent > 0; at--) {
    const text = doc.line(at).text;
    const found = ENTRY.exec(text);
    const depth = found ? found[1].length : 0;
    if (!found || depth >= indent) continue;
    path.unshift((found[3] ?? found[4] ?? found[5]).trim());
    indent = depth;
  }
  if (own) path.push((own[3] ?? own[4] ?? own[5]).trim());
  path.push(...flowKeys(own ? before.slice(own[0].length - 1) : before));
  return path.map((name, depth) => (depth === 1 && NAMED.has(path[0]) ? "*" : name)).join(".");
}

// Keys of the flow mappings that are open at the end of a line: `{zh: 甲, en: ` -> ["en"].
function flowKeys(text) {
  const open = [];
  let quote = "";
  let word = "";
  for (const letter of text) {
    if (quote) {
      if (letter === quote) quote = "";
    } else if (letter === "'" || letter === '"') {
      quote = letter;
    } else if (letter === "{" || letter === "[") {
      open.push(letter === "{" ? "" : null);
      word = "";
    } else if (letter === "}" || letter === "]") {
      open.pop();
      word = "";
    } else if (letter === ",") {
      if (open.length && open.at(-1) !== null) open[open.length - 1] = "";
      word = "";
    } else if (letter === ":") {
      if (open.length && open.at(-1) !== null) open[open.length - 1] = word.trim();
      word = "";
    } else {
      word += letter;
    }
  }
  return open.filter(Boolean);
}

// Names that the text itself gives below a top key: topics, macros, indicators.
function named(doc, top) {
  const found = [];
  let inside = false;
  for (let at = 1; at <= doc.lines; at++) {
    const entry = ENTRY.exec(doc.line(at).text);
    if (!entry) continue;
    if (!entry[1]) inside = entry[5]?.trim() === top;
    else if (inside && entry[1].length === 2) found.push({label: entry[5]?.trim() ?? ""});
  }
  return found;
}

function joined(own, known) {
  const labels = new Set(known.map(({label}) => label));
  return [...known, ...own.filter(({label}) => label && !labels.has(label))];
}

function macros(doc, vocabulary) {
  const all = joined(named(doc, "macros").map(({label}) => ({label: `{${label}}`})), vocabulary.macros);
  return all.map((option) => ({...option, apply: closed(option.label)}));
}

// A bracket that closeBrackets has put behind the cursor is taken, not doubled.
function closed(label) {
  return (view, completion, from, to) => {
    const end = view.state.sliceDoc(to, to + 1) === "}" ? to + 1 : to;
    view.dispatch({changes: {from, to: end, insert: label}, selection: {anchor: from + label.length}});
  };
}

function values(doc, place, vocabulary) {
  const known = vocabulary.values[place];
  if (place.endsWith(".topic")) return joined(named(doc, "topics"), known);
  if (/\.of$|\.per\.indicator$|checks\.\*\.claim/.test(place)) return joined(named(doc, "indicators"), known);
  return known;
}
