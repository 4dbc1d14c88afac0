import { type Binding, KNOWN_FUNCTIONS, type Scope } from '../../knowledge/index.ts';
import type { LambdaNode, Node, NodeOf } from '../../syntax/index.ts';
import { type Finding, type Fix, findingAt, type Linted, missingDollar, quoted, replaceFix } from '../finding.ts';
import { nearestName } from '../nearest-name.ts';

/** A variable that nobody sets. */
export function* unknownVariable(node: Node, linted: Linted): Generator<Finding> {
  if (node.kind !== 'variable' || !linted.shapes.variables || node.name === '' || node.name === '$') return;
  const parent = linted.parentOf(node);
  if (parent?.kind === 'call' && parent.callee === node) return;
  const scope = linted.factsOf(node)?.scope;
  if (!scope || scope.get(node.name) || KNOWN_FUNCTIONS.has(node.name)) return;
  const nearest = nearestName(
    node.name,
    [...scope.visible()].map(({ name }) => name),
  );
  yield findingAt(
    node,
    'UNKNOWN_VARIABLE',
    'warning',
    `Nothing sets ${quoted(`$${node.name}`)}.${nearest ? ` Did you mean $${nearest}?` : ''}`,
    nearest ? [replaceFix(node, `$${nearest}`, `Write $${nearest}`)] : [],
  );
}

/** What is wrong with the variables that the mapping makes. */
export function* variableFindings(linted: Linted): Generator<Finding> {
  const used = usedNames(linted);
  for (const { binding, scope } of linted.facts.bindings) {
    yield* shadows(binding, scope, linted);
    if (used === 'any' || used.get(scope)?.has(binding.name) || !binding.node) continue;
    yield* unused(binding, scope, used, linted);
  }
}

type Used = ReadonlyMap<Scope, ReadonlySet<string>>;

/** The names that are read, by the scope that holds them; any where text is evaluated that nobody has seen yet. */
function usedNames(linted: Linted): Used | 'any' {
  const used = new Map<Scope, Set<string>>();
  const note = (scope: Scope, name: string) => used.set(scope, (used.get(scope) ?? new Set()).add(name));
  const declared = new Set(linted.facts.bindings.map(({ binding }) => binding.node));
  for (const node of linted.nodes) {
    if (node.kind !== 'variable') continue;
    if (node.name === 'eval') return 'any';
    const owner = declared.has(node) ? undefined : linted.factsOf(node)?.scope.ownerOf(node.name);
    if (owner) note(owner, node.name);
  }
  // A name that a later assignment further inside hides was read before it did.
  for (const { binding, scope } of linted.facts.bindings) if (binding.uses.length > 0) note(scope, binding.name);
  return used;
}

function* shadows({ name, node, origin }: Binding, scope: Scope, linted: Linted): Generator<Finding> {
  if (!node) return;
  const isGiven = scope.parent?.get(name)?.origin === 'given';
  if (!isGiven && !KNOWN_FUNCTIONS.has(name)) return;
  // A parameter is nobody's trap unless the function is meant somewhere.
  if (origin === 'parameter' && !isGiven && !isCalled(name, linted)) return;
  yield findingAt(
    node,
    'SHADOWED_NAME',
    'hint',
    isGiven
      ? `${quoted(`$${name}`)} hides the variable of that name that every mapping has.`
      : `${quoted(`$${name}`)} hides the function of that name.`,
  );
}

const isCalled = (name: string, { nodes }: Linted): boolean =>
  nodes.some((node) => node.kind === 'call' && node.callee.kind === 'variable' && node.callee.name === name);

function* unused(binding: Binding, scope: Scope, used: Used, linted: Linted): Generator<Finding> {
  const node = binding.node as Node;
  const parent = linted.parentOf(node);
  if (!parent) return;
  const name = quoted(`$${binding.name}`);
  if (binding.origin === 'parameter' && parent.kind === 'lambda') {
    const meant = fieldMeant(binding.name, parent, linted);
    if (meant) yield missingDollar(meant);
    else if (isTrailing(node, parent, used.get(scope)))
      yield findingAt(node, 'UNUSED_PARAMETER', 'hint', `${name} is not used.`, [removeParameter(node, parent)]);
  } else if (parent.kind === 'bind') {
    const fix = removeAssignment(parent, linted);
    if (fix !== 'is the result')
      yield findingAt(node, 'UNUSED_VARIABLE', 'warning', `${name} is not used.`, fix ? [fix] : []);
  } else if (parent.kind === 'position')
    yield findingAt(node, 'UNUSED_VARIABLE', 'warning', `${name} is not used.`, [
      { title: 'Remove it', edits: [{ from: parent.target.to, to: parent.to, insert: '' }] },
    ]);
  else yield findingAt(node, 'UNUSED_VARIABLE', 'warning', `${name} is not used.`);
}

/** A field in the function's body that has the name of a parameter nobody reads. */
function fieldMeant(name: string, lambda: LambdaNode, linted: Linted): NodeOf<'name'> | undefined {
  return linted.nodes.find((node): node is NodeOf<'name'> => {
    if (node.kind !== 'name' || node.name !== name || node.isQuoted) return false;
    const parent = linted.parentOf(node);
    const isFirst = !(parent?.kind === 'path' && parent.step === node) && parent?.kind !== 'call';
    return isFirst && lambda.body.from <= node.from && node.to <= lambda.body.to;
  });
}

/** No parameter behind it is used, so that it can go. */
function isTrailing(node: Node, { params }: LambdaNode, used: ReadonlySet<string> | undefined): boolean {
  return params.slice(params.indexOf(node) + 1).every((param) => param.kind === 'variable' && !used?.has(param.name));
}

function removeParameter(node: Node, { params }: LambdaNode): Fix {
  const before = params[params.indexOf(node) - 1];
  const from = before ? before.to : node.from;
  const last = params.at(-1) ?? node;
  return { title: 'Remove it', edits: [{ from, to: last.to, insert: '' }] };
}

/** An assignment that ends a block is its value. */
function removeAssignment(bind: Node, linted: Linted): Fix | 'is the result' | undefined {
  const block = linted.parentOf(bind);
  if (!block) return 'is the result';
  if (block.kind !== 'block') return undefined;
  const next = block.items[block.items.indexOf(bind) + 1];
  if (!next) return 'is the result';
  // Behind a bracket, JSONata takes a slash for a division.
  if (linted.source.charAt(next.from) === '/') return undefined;
  return { title: 'Remove the assignment', edits: [{ from: bind.from, to: next.from, insert: '' }] };
}
