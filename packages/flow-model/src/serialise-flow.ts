import { isExactNumber } from '@crossdock/payload';
import type { Flow } from './document.ts';
import { flowSchema } from './flow-schema.ts';

const LINE_WIDTH = 120;

/**
 * The text of `flow.json`: fields in the order of the schema (unknown ones after them), two spaces, what is flat and short on one line, a
 * newline at the end. The same flow always gives the same text, and `parseFlow` followed by this gives it again, byte for byte.
 * Numbers of a sample, or of what comes in in a test, that `parseFlow` would read as text are written as text.
 */
export function serialiseFlow(flow: Flow): string {
  const samples = flow.samples === undefined ? {} : { samples: inexactAsText(flow.samples) };
  const tests =
    flow.tests === undefined
      ? {}
      : { tests: flow.tests.map(({ expect, ...test }) => ({ ...(inexactAsText(test) as object), expect })) };
  return `${print({ ...flow, ...samples, ...tests }, flowSchema, '', 0)}\n`;
}

/** The part of a schema that says which fields an object has, in which order, and what its items are. */
interface Shape {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly items?: unknown;
}

function print(value: unknown, shape: unknown, indent: string, column: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Array.isArray(value) ? printItems(value, shape, indent) : printFields(value, shape, indent);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  const pad = Array.isArray(value) ? '' : ' ';
  const line = `${open}${pad}${parts.join(', ')}${pad}${close}`;
  if (isFlat(value) && indent.length + column + line.length < LINE_WIDTH) return line;
  return `${open}\n${parts.map((part) => `${indent}  ${part}`).join(',\n')}\n${indent}${close}`;
}

function printItems(items: unknown[], shape: unknown, indent: string): string[] {
  const itemShape = (shape as Shape | undefined)?.items;
  return items.map((item) => print(item, itemShape, `${indent}  `, 0));
}

function printFields(value: object, shape: unknown, indent: string): string[] {
  const properties = (shape as Shape | undefined)?.properties ?? {};
  const fields = value as Record<string, unknown>;
  const known = Object.keys(properties).filter((name) => Object.hasOwn(fields, name));
  const rest = Object.keys(fields).filter((name) => !Object.hasOwn(properties, name));
  return [...known, ...rest]
    .filter((name) => fields[name] !== undefined)
    .map((name) => {
      const key = `${JSON.stringify(name)}: `;
      const fieldShape = Object.hasOwn(properties, name) ? properties[name] : undefined;
      return key + print(fields[name], fieldShape, `${indent}  `, key.length);
    });
}

function isFlat(value: object): boolean {
  return Object.values(value).every(
    (child) => typeof child !== 'object' || child === null || Object.keys(child).length === 0,
  );
}

function inexactAsText(value: unknown): unknown {
  if (typeof value === 'number') {
    const text = JSON.stringify(value);
    return text === 'null' || isExactNumber(text) ? value : text;
  }
  if (Array.isArray(value)) return value.map(inexactAsText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, inexactAsText(child)]));
}
