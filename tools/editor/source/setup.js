// What the editor is made of: keys, colours, words. Colours are the page's own (--st-*), so light and dark follow it.

import {closeBrackets, closeBracketsKeymap, completionKeymap} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap, indentWithTab} from "@codemirror/commands";
import {yaml} from "@codemirror/lang-yaml";
import {
  bracketMatching, codeFolding, foldGutter, foldKeymap, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
import {lintGutter, lintKeymap} from "@codemirror/lint";
import {highlightSelectionMatches, search, searchKeymap} from "@codemirror/search";
import {Compartment, EditorState} from "@codemirror/state";
import {
  drawSelection, dropCursor, EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap,
  lineNumbers,
} from "@codemirror/view";
import {tags} from "@lezer/highlight";

export const words = new Compartment();

// The editor's words in the language of the page: its label, and those of CodeMirror itself.
export function inWords({label, phrases}) {
  return [EditorState.phrases.of(phrases), EditorView.contentAttributes.of({"aria-label": label, tabindex: "0"})];
}

const colours = HighlightStyle.define([
  {tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--editor-key)"},
  {tag: [tags.string, tags.content, tags.attributeValue], color: "var(--st-text-color)"},
  {tag: tags.special(tags.string), color: "var(--editor-text)"},
  {tag: [tags.comment, tags.lineComment], color: "var(--editor-comment)"},
  {tag: [tags.separator, tags.punctuation, tags.squareBracket, tags.brace, tags.meta], color: "var(--editor-comment)"},
  {tag: [tags.typeName, tags.labelName, tags.keyword], color: "var(--editor-key)"},
]);

const look = EditorView.theme({
  "&": {
    height: "var(--editor-height, 60vh)",
    color: "var(--st-text-color)",
    backgroundColor: "var(--st-background-color)",
    border: "1px solid var(--st-border-color)",
    borderRadius: "var(--st-base-radius)",
    fontSize: "0.86rem",
  },
  "&.cm-focused": {outline: "2px solid var(--st-primary-color)", outlineOffset: "-1px"},
  ".cm-scroller": {fontFamily: "var(--st-code-font)", lineHeight: "1.6"},
  ".cm-content": {caretColor: "var(--st-text-color)"},
  ".cm-cursor": {borderLeftColor: "var(--st-text-color)"},
  ".cm-gutters": {
    color: "var(--editor-comment)",
    backgroundColor: "var(--st-secondary-background-color)",
    borderRight: "1px solid var(--st-border-color)",
  },
  ".cm-activeLine, .cm-activeLineGutter": {backgroundColor: "var(--editor-line)"},
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--editor-selection)",
  },
  ".cm-selectionMatch": {backgroundColor: "var(--editor-line)"},
  ".cm-tooltip, .cm-panels": {
    color: "var(--st-text-color)",
    backgroundColor: "var(--st-secondary-background-color)",
    border: "1px solid var(--st-border-color)",
    zIndex: "20",
  },
  ".cm-tooltip": {borderRadius: "var(--st-base-radius)", overflow: "hidden", maxWidth: "min(34rem, 90vw)"},
  ".cm-tooltip-autocomplete > ul": {fontFamily: "var(--st-code-font)"},
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--st-background-color)",
    backgroundColor: "var(--st-primary-color)",
  },
  ".cm-completionDetail": {fontStyle: "normal", opacity: "0.85"},
  ".cm-diagnostic": {fontFamily: "var(--st-font)", whiteSpace: "pre-wrap"},
  ".cm-textfield, .cm-button": {
    color: "var(--st-text-color)",
    backgroundColor: "var(--st-background-color)",
    backgroundImage: "none",
    border: "1px solid var(--st-border-color)",
  },
});

// Tab indents; Escape, then Tab, leaves the editor (CodeMirror's own rule for indentWithTab).
export const basics = [
  lineNumbers(), lintGutter(), foldGutter(), codeFolding(), highlightSpecialChars(), history(), drawSelection(),
  dropCursor(), indentOnInput(), indentUnit.of("  "), EditorState.tabSize.of(2), bracketMatching(), closeBrackets(),
  highlightActiveLine(), highlightActiveLineGutter(), highlightSelectionMatches(), search({top: true}),
  yaml(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
  keymap.of([
    ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...lintKeymap,
    ...defaultKeymap, indentWithTab,
  ]),
];
