import type { ConfigField } from '@crossdock/flow-model';
import { expressionOf, isExpression, sourceOf } from './expression.ts';

/** The JSONata of a field: a mapping as it is, an expression without its `=`, a fixed value as the JSONata that gives it; empty for no value. */
export function mappingOf(field: ConfigField | undefined, value: unknown): string {
  if (field?.['x-mapping']) return String(value ?? '');
  if (value === undefined || value === '') return '';
  return isExpression(value) ? sourceOf(value) : jsonataOf(value, '');
}

/** The value of a field that this JSONata is written in; nothing for nothing. */
export function configValueOf(field: ConfigField | undefined, source: string): string | undefined {
  if (field?.['x-mapping']) return source;
  return source.trim() === '' ? undefined : expressionOf(source);
}

/** A fixed value may hold expressions inside, which are JSONata already. */
function jsonataOf(value: unknown, indent: string): string {
  if (isExpression(value)) return sourceOf(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const items = Array.isArray(value)
    ? value.map((item) => jsonataOf(item, inner))
    : Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${jsonataOf(item, inner)}`);
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`;
}
