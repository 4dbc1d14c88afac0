import { fieldText, lookUp } from '../../knowledge/index.ts';
import { isOptional } from '../../shape/index.ts';
import type { Node, NodeOf } from '../../syntax/index.ts';
import { type Finding, type Fix, findingAt, type Linted, quoted } from '../finding.ts';

/** An object without fields that its target requires. */
export function* requiredFields(node: Node, linted: Linted): Generator<Finding> {
  const expected = linted.expectedAt(node);
  if (node.kind !== 'object' || !expected?.object || expected.any) return;
  const { object } = expected;
  const written = new Set(node.pairs.map(({ key }) => (key.kind === 'string' ? key.text : undefined)));
  // A computed key may be any of them.
  if (written.has(undefined)) return;
  const missing = [...object.fields].flatMap(([name, field]) =>
    isOptional(object, field) || written.has(name) ? [] : [name],
  );
  if (missing.length === 0) return;
  const names = missing.map((name) => quoted(`"${name}"`)).join(', ');
  yield findingAt(
    { from: node.from, to: node.from + 1 },
    'MISSING_FIELD',
    'warning',
    `The schema of what comes next requires ${names}, which this object does not have.`,
    fixesFor(node, missing, linted),
  );
}

/** Takes from the input what has the same name there. */
function fixesFor(node: NodeOf<'object'>, missing: readonly string[], linted: Linted): Fix[] {
  const context = linted.factsOf(node)?.context.typed;
  const isThere = (name: string): boolean => Boolean(context && !context.item.any && lookUp(context, name));
  if (!missing.every(isThere)) return [];
  const pairs = missing.map((name) => `${JSON.stringify(name)}: ${fieldText(name)}`).join(', ');
  const last = node.pairs.at(-1)?.value;
  const at = last ? last.to : node.from + 1;
  const insert = last ? `, ${pairs}` : ` ${pairs} `;
  return [{ title: 'Take it from the field of that name', edits: [{ from: at, to: at, insert }] }];
}
