/** Code and JSON as people write it. */
export { CodeEditor } from './CodeEditor.tsx';
export { JsonDialog } from './JsonDialog.tsx';
export { JsonField } from './JsonField.tsx';
export { jsonText, type Read, readJson } from './read-json.ts';
