// The second component: hands what is wrong in the text to the editor of the same key, without the text itself.

const MARKS = "indicators-editor-marks";

export default function marks({data}) {
  (globalThis[MARKS] ??= {})[data.key] = data;
  globalThis.dispatchEvent(new CustomEvent(MARKS, {detail: data}));
}
