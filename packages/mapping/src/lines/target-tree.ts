import { ANY, type FieldShape, type ObjectShape, type Shape, shapeText } from '../shape/index.ts';
import type { Address, Part, SourcePath, Span } from './part.ts';
import { objectIn } from './source-tree.ts';

/**
 * How a place of the target comes about. `whole`: all that is required below it is made; `partial`: some is not. `open`: nothing makes it, and
 * nothing requires it; `missing`: nothing makes what is required.
 */
export type TargetState = 'copied' | 'computed' | 'constant' | 'whole' | 'partial' | 'open' | 'missing';

/** A place of the target: what the mapping makes there, what is expected there, or both. */
export interface TargetNode {
  readonly address: Address;
  readonly name: string;
  readonly state: TargetState;
  readonly isList: boolean;
  readonly isRequired: boolean;
  /** What is expected, as a short type text; empty where nothing is known. */
  readonly type: string;
  /** The source values that it is made of: where lines begin. Lists that it is made once for each of. */
  readonly reads: readonly SourcePath[];
  /** The text that makes it. */
  readonly value: Span | undefined;
  readonly children: readonly TargetNode[];
}

interface Place {
  readonly address: Address;
  readonly name: string;
  readonly shape: Shape;
  readonly isRequired: boolean;
}

interface Made {
  readonly part: Part;
  readonly value: Span;
}

/** What a mapping makes, `root` with its text from 0 to `length`, beside what is expected of it. Where there is no text yet, what is required is missing. */
export function targetTree(root: Part | undefined, length: number, shape: Shape = ANY): TargetNode {
  const made = root && { part: root, value: { from: 0, to: length } };
  const place: Place = { address: [], name: '', shape, isRequired: false };
  if (length > 0) return nodeOf(place, made);
  return { ...nodeOf(place, made), children: childrenOf({ ...place, isRequired: true }, made?.part) };
}

function nodeOf(place: Place, made: Made | undefined): TargetNode {
  const children = childrenOf(place, made?.part);
  return {
    address: place.address,
    name: place.name,
    state: stateOf(place, made?.part, children),
    isList: place.shape.array !== undefined || isListPart(made?.part),
    isRequired: place.isRequired,
    type: place.shape.any ? '' : shapeText(place.shape, 0),
    reads: made ? readsOf(made.part) : [],
    value: made?.value,
    children,
  };
}

const isListPart = (part: Part | undefined): boolean => part?.kind === 'list' || part?.kind === 'loop';

function stateOf({ isRequired }: Place, part: Part | undefined, children: readonly TargetNode[]): TargetState {
  if (!part) return isRequired ? 'missing' : 'open';
  if (part.kind === 'value') return part.how;
  return children.some(({ state }) => state === 'missing' || state === 'partial') ? 'partial' : 'whole';
}

/** The lines of a value; of a loop those to its list. */
function readsOf(part: Part): readonly SourcePath[] {
  if (part.kind === 'value' || part.kind === 'loop') return part.reads;
  const [only] = part.kind === 'list' && part.items.length === 1 ? part.items : [];
  return only?.part.kind === 'loop' ? only.part.reads : [];
}

/** What an expression gives as a whole has no places of its own. */
function childrenOf({ address, shape, isRequired }: Place, part: Part | undefined): TargetNode[] {
  if (!part) return fieldsOf(shape.array ? [...address, 0] : address, objectIn(shape), undefined, isRequired);
  switch (part.kind) {
    case 'value':
      return [];
    case 'loop':
      return childrenOf({ address, name: '', shape: shape.array?.items ?? shape, isRequired: true }, part.each);
    case 'object':
      return fieldsOf(address, shape.object, part, true);
    case 'list':
      return itemsOf(address, shape.array?.items ?? ANY, part.items);
  }
}

/** The one item that makes a list stands for it. */
function itemsOf(address: Address, shape: Shape, items: readonly Made[]): TargetNode[] {
  const [first] = items;
  const at = [...address, 0];
  if (!first) return fieldsOf(at, objectIn(shape), undefined, false);
  if (items.length === 1) return childrenOf({ address: at, name: '', shape, isRequired: true }, first.part);
  return items.map((item, index) =>
    nodeOf({ address: [...address, index], name: `${index + 1}`, shape, isRequired: false }, item),
  );
}

/** Expected fields first, in their order, then those that only the mapping has. `isMade`: the object around them is, or must be, there. */
function fieldsOf(
  address: Address,
  expected: ObjectShape | undefined,
  part: Part | undefined,
  isMade: boolean,
): TargetNode[] {
  const written = part?.kind === 'object' ? part.fields : [];
  const known = [...(expected?.fields ?? [])];
  const own = written.filter(({ name }) => !expected?.fields.has(name)).map(({ name }) => [name, UNKNOWN] as const);
  return [...known, ...own].map(([name, { shape, seen }]) => {
    const field = written.find((each) => each.name === name);
    const isRequired = isMade && expected !== undefined && seen >= expected.seen;
    return nodeOf({ address: [...address, name], name, shape, isRequired }, field);
  });
}

const UNKNOWN: FieldShape = { shape: ANY, seen: 0 };
