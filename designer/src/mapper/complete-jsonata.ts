import * as monaco from 'monaco-editor/editor/editor.api';
import { fieldsAt, pathAt } from './field-suggestions.ts';
import { JSONATA_FUNCTIONS, MAPPING_VARIABLES } from './jsonata-functions.ts';

const samples = new Map<string, unknown>();

/** The sample whose fields an editor offers; by the address of its model. */
export function setCompletionSample(modelUri: string, sample: unknown): () => void {
  samples.set(modelUri, sample);
  return () => samples.delete(modelUri);
}

/** What may be written at a place: fields of the sample, then variables and built-in functions. */
export function completeJsonata(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
): monaco.languages.CompletionItem[] {
  const before = model.getValueInRange(new monaco.Range(1, 1, position.lineNumber, position.column));
  const begun = /\$*\w*$/.exec(before)?.[0] ?? '';
  const range = new monaco.Range(
    position.lineNumber,
    position.column - begun.length,
    position.lineNumber,
    position.column,
  );
  const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;

  const path = begun.startsWith('$') ? undefined : pathAt(before);
  const fields = path === undefined ? [] : fieldsAt(samples.get(model.uri.toString()), path);
  const fieldItems = fields.map((field, index) => ({
    label: { label: field.name, description: field.example },
    kind: CompletionItemKind.Field,
    detail: field.kind,
    insertText: field.text,
    sortText: `0${String(index).padStart(4, '0')}`,
    range,
  }));
  if (before.slice(0, before.length - begun.length).endsWith('.')) return fieldItems;

  return [
    ...fieldItems,
    ...MAPPING_VARIABLES.map(([name, holds], index) => ({
      label: name,
      kind: CompletionItemKind.Variable,
      documentation: holds,
      insertText: name,
      sortText: `1${index}`,
      range,
    })),
    ...JSONATA_FUNCTIONS.map(([name, parameters, gives]) => ({
      label: { label: `$${name}`, detail: `(${parameters})` },
      kind: CompletionItemKind.Function,
      documentation: gives,
      insertText: parameters === '' ? `$${name}()` : `$${name}($0)`,
      insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet,
      sortText: `2${name}`,
      range,
    })),
  ];
}
