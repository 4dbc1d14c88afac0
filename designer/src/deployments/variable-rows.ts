import { isPlainField } from '@crossdock/mapping';
import { deploymentTexts } from '../texts/index.ts';

const t = deploymentTexts.variables;

export type VariableType = 'text' | 'number' | 'boolean' | 'json';

/** One variable while it is edited: its value is what stands in the field. */
export interface VariableRow {
  id: number;
  name: string;
  type: VariableType;
  text: string;
  /** As it is saved; undefined for a new one. */
  savedName?: string;
}

/** Variables as rows to edit, by name. */
export function rowsOf(variables: Record<string, unknown>): VariableRow[] {
  return Object.keys(variables)
    .sort()
    .map((name, id) => ({ id, name, savedName: name, ...fieldOf(variables[name]) }));
}

/** What keeps a row from being saved, by its field. */
export function problemsOf(row: VariableRow, rows: readonly VariableRow[]): { name?: string; value?: string } {
  const name = row.name.trim();
  const twice = rows.some((other) => other.id !== row.id && other.name.trim() === name);
  const value = readValue(row);
  return {
    ...nameProblem(name, row.savedName, twice),
    ...('problem' in value ? { value: value.problem } : {}),
  };
}

/** A name that flows cannot read as it is written is told, unless it was saved before there was this rule. */
function nameProblem(name: string, savedName: string | undefined, isTwice: boolean): { name?: string } {
  if (name === '') return { name: t.nameMissing };
  if (isTwice) return { name: t.nameTwice };
  return name === savedName || isPlainField(name) ? {} : { name: t.nameOdd };
}

/** The rows as variables; undefined while a row has a problem. */
export function variablesOf(rows: readonly VariableRow[]): Record<string, unknown> | undefined {
  if (rows.some((row) => Object.keys(problemsOf(row, rows)).length > 0)) return undefined;
  return Object.fromEntries(
    rows.map((row) => {
      const value = readValue(row);
      return [row.name.trim(), 'value' in value ? value.value : null];
    }),
  );
}

/** What a row stands for; undefined while its text is no such value. */
export function valueIn(row: VariableRow): unknown {
  const read = readValue(row);
  return 'value' in read ? read.value : undefined;
}

/** Names that were added, removed or changed from `before` to `after`. */
export function changedNames(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).sort();
}

function fieldOf(value: unknown): Pick<VariableRow, 'type' | 'text'> {
  if (typeof value === 'string') return { type: 'text', text: value };
  if (typeof value === 'number') return { type: 'number', text: String(value) };
  if (typeof value === 'boolean') return { type: 'boolean', text: String(value) };
  return { type: 'json', text: JSON.stringify(value) };
}

function readValue({ type, text }: VariableRow): { value: unknown } | { problem: string } {
  switch (type) {
    case 'text':
      return { value: text };
    case 'boolean':
      return { value: text === 'true' };
    case 'number': {
      const number = Number(text);
      return text.trim() === '' || !Number.isFinite(number) ? { problem: t.numberWrong } : { value: number };
    }
    case 'json':
      try {
        return { value: JSON.parse(text) as unknown };
      } catch {
        return { problem: t.jsonWrong };
      }
  }
}
