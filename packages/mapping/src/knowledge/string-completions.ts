import { type Scalar, type Shape, shapeText } from '../shape/index.ts';
import type { Node } from '../syntax/index.ts';
import type { Ranked } from './completion.ts';
import type { Cursor } from './cursor.ts';
import { expectedShapes } from './expected-shapes.ts';
import { fieldFacts, objectIn } from './field-facts.ts';
import type { MappingShapes } from './mapping-shapes.ts';

/** What may stand inside of quotes: values that a field has, names of fields of the target, the key of a lookup, names of cross-references. */
export function stringCompletions(cursor: Cursor, shapes: MappingShapes): Ranked[] {
  const { path, facts } = cursor;
  const node = path.at(-1);
  const parent = path.at(-2);
  if (!node || !parent) return [];
  if (parent.kind === 'object' && parent.pairs.some(({ key }) => key === node)) return keys(cursor, parent, shapes);
  if (parent.kind === 'binary') {
    const other = parent.left === node ? parent.right : parent.left;
    return values(cursor, facts.of(other)?.typed.item);
  }
  if (parent.kind === 'call' && parent.callee.kind === 'variable') {
    if (parent.callee.name === 'lookup') return lookedUp(cursor, parent);
    if (parent.callee.name === 'xref') return crossReferenced(cursor, parent.args, shapes);
  }
  return values(cursor, expectedShapes(path[0] as Node, shapes.output).get(node));
}

function values(cursor: Cursor, shape: Shape | undefined): Ranked[] {
  const known: readonly Scalar[] = shape?.string?.values ?? shape?.string?.examples ?? [];
  return texts(
    cursor,
    known.map(String).filter((value) => !value.endsWith('…')),
  );
}

/** Fields of the target that the object does not have yet. */
function keys({ path, from, to }: Cursor, object: Node, shapes: MappingShapes): Ranked[] {
  const target = expectedShapes(path[0] as Node, shapes.output).get(object)?.object;
  if (!target || object.kind !== 'object') return [];
  const own = path.at(-1);
  const taken = new Set(object.pairs.map(({ key }) => (key !== own && key.kind === 'string' ? key.text : undefined)));
  return [...target.fields]
    .filter(([name]) => !taken.has(name))
    .map(([name, field], at) => {
      const { description } = field.shape;
      return {
        rank: (field.seen > 0 ? 0 : 10) + at / 1000,
        completion: {
          ...{ kind: 'key', label: name, type: shapeText(field.shape), insert: escaped(name), from, to },
          ...(description === undefined ? {} : { documentation: description }),
          ...(field.seen > 0 ? { detail: 'required' } : {}),
        },
      };
    });
}

function lookedUp({ path, facts, from, to }: Cursor, call: Node): Ranked[] {
  if (call.kind !== 'call' || call.args[1] !== path.at(-1)) return [];
  const typed = facts.of(call.args[0] as Node)?.typed;
  const object = typed && objectIn(typed);
  if (!object) return [];
  return [...object.fields].map(([name, field], rank) => ({
    rank,
    completion: {
      kind: 'value',
      label: name,
      type: fieldFacts(object, name, field).type,
      insert: escaped(name),
      from,
      to,
    },
  }));
}

/** What there is: kinds of things; the systems that know the kind; of those, the others than where the id comes from. */
function crossReferenced(cursor: Cursor, args: readonly Node[], { crossReferences = [] }: MappingShapes): Ranked[] {
  const at = args.indexOf(cursor.path.at(-1) as Node);
  const [entity, system] = args.map((arg) => (arg.kind === 'string' ? arg.text : undefined));
  const ofKind = crossReferences.filter((one) => entity === undefined || one.entity === entity);
  if (at === 0)
    return texts(
      cursor,
      crossReferences.map((one) => one.entity),
    );
  if (at === 1)
    return texts(
      cursor,
      ofKind.map((one) => one.system),
    );
  if (at === 3)
    return texts(
      cursor,
      ofKind.map((one) => one.system).filter((one) => one !== system),
    );
  return [];
}

function texts({ from, to }: Cursor, labels: readonly string[]): Ranked[] {
  return [...new Set(labels)].map((label, rank) => ({
    rank,
    completion: { kind: 'value', label, type: 'string', insert: escaped(label), from, to },
  }));
}

const escaped = (text: string): string => JSON.stringify(text).slice(1, -1);
