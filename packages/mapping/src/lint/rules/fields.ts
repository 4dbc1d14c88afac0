import { fieldText, lookUp, type NodeFacts, type Typed } from '../../knowledge/index.ts';
import type { ObjectShape } from '../../shape/index.ts';
import { childrenOf, type Node, type NodeOf } from '../../syntax/index.ts';
import { type Finding, type Fix, findingAt, type Linted, missingDollar, quoted, replaceFix } from '../finding.ts';
import { nearestName } from '../nearest-name.ts';

/** A field that no sample has and the schema does not name. */
export function* unknownField(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'name' || node.name === 'undefined') return;
  const facts = linted.factsOf(node);
  const parent = linted.parentOf(node);
  if (!facts || (parent?.kind === 'call' && parent.callee === node)) return;
  const { typed } = facts.context;
  const object = objectOf(typed);
  if (lookUp(typed, node.name)) {
    if (object) yield* misspelt(node, object, typed);
    return;
  }
  if (isGuarded(node, linted)) return;
  if (!isStep(node, linted) && facts.scope.get(node.name)) {
    yield missingDollar(node);
    return;
  }
  const fixes = fixesFor(node, facts, object, linted);
  const [first] = fixes;
  const where = object ? 'here' : `in ${kindText(typed)}`;
  yield findingAt(
    node,
    'UNKNOWN_FIELD',
    'warning',
    `There is no field ${quoted(node.name)} ${where}.${first ? ` Did you mean ${first.edits[0]?.insert}?` : ''}`,
    fixes,
  );
}

/** A schema that names its fields and allows others: what is nearly a name is likely a slip. */
function* misspelt(node: NodeOf<'name'>, object: ObjectShape, typed: Typed): Generator<Finding> {
  if (typed.item.any || !object.isOpen || object.rest || object.fields.has(node.name)) return;
  const nearest = nearestName(node.name, object.fields.keys());
  if (!nearest) return;
  const text = fieldText(nearest);
  yield findingAt(
    node,
    'UNKNOWN_FIELD',
    'hint',
    `The schema names no field ${quoted(node.name)}. Did you mean ${text}?`,
    [replaceFix(node, text, `Write ${text}`)],
  );
}

function fixesFor(
  node: NodeOf<'name'>,
  { context }: NodeFacts,
  object: ObjectShape | undefined,
  linted: Linted,
): Fix[] {
  const write = (text: string): Fix => replaceFix(node, text, `Write ${text}`);
  const nearest = object && nearestName(node.name, object.fields.keys());
  const isFirst = !isStep(node, linted);
  const atRoot = linted.shapes.input?.object?.fields.has(node.name) && isFirst;
  const above = context.parent && context.isField && isFirst && objectOf(context.parent.typed)?.fields.has(node.name);
  const text = fieldText(node.name);
  return [
    ...(above && !atRoot ? [write(`%.${text}`)] : []),
    ...(atRoot ? [write(`$$.${text}`)] : []),
    ...(nearest ? [write(fieldText(nearest))] : []),
  ];
}

/** It stands behind a dot, not at the beginning of a path. */
function isStep(node: Node, linted: Linted): boolean {
  for (let inner = node, outer = linted.parentOf(node); outer; inner = outer, outer = linted.parentOf(outer)) {
    if (outer.kind === 'path' && outer.step === inner) return true;
    const isTarget = 'target' in outer && outer.target === inner;
    if (!isTarget) return false;
  }
  return false;
}

function objectOf({ item }: Typed): ObjectShape | undefined {
  return item.object ?? item.array?.items.object;
}

function kindText({ item }: Typed): string {
  if (item.string) return 'a string';
  if (item.number) return 'a number';
  return item.boolean ? 'a boolean' : 'that value';
}

/** The mapping itself asks whether the field is there, so it knows that it may not be. */
function isGuarded(node: NodeOf<'name'>, linted: Linted): boolean {
  return guardedNames(linted).has(node.name);
}

const guardedIn = new WeakMap<Linted, ReadonlySet<string>>();

function guardedNames(linted: Linted): ReadonlySet<string> {
  const known = guardedIn.get(linted);
  if (known) return known;
  const names = new Set<string>();
  for (const node of linted.nodes) {
    if (node.kind === 'condition') addNames(node.test, names);
    if (node.kind === 'binary' && (node.operator === '??' || node.operator === '?:')) addNames(node.left, names);
    const isExists = node.kind === 'call' && node.callee.kind === 'variable' && node.callee.name === 'exists';
    if (isExists) for (const arg of node.args) addNames(arg, names);
  }
  guardedIn.set(linted, names);
  return names;
}

/** The names whose values decide: not those that a comparison needs to be there. */
function addNames(node: Node, names: Set<string>): void {
  if (node.kind === 'name') names.add(node.name);
  for (const child of childrenOf(node)) addNames(child, names);
}
