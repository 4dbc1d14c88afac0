import type { Code } from '../run/code.ts';
import type { AstNode, Pair } from './ast-node.ts';
import { groupCode, listOf } from './groups.ts';
import type { Place } from './place.ts';
import { decided } from './side-by-side.ts';

/** Names with which JSONata marks its functions. */
const RESERVED = ['_jsonata_lambda', '_jsonata_function', '__proto__'];

/** `{ key: value }`. Where the context value is an array, it groups that. */
export function objectCode(node: AstNode, place: Place): Code {
  const pairs = node.lhs as readonly Pair[];
  const values = pairs.map(([, value]) => place.code(value));
  const group = groupCode(
    { lhs: pairs, ...(node.position === undefined ? {} : { position: node.position }) },
    place,
    pairs.map(([key]) => place.code(key)),
    values,
  );
  const keys = literalKeys(node);
  if (keys === undefined) return (input, frame, run) => group(listOf(input), frame, run);
  const build = fieldsCode(keys, node, values, place);
  return (input, frame, run) => (Array.isArray(input) ? group(listOf(input), frame, run) : build(input, frame, run));
}

/** The keys of an object constructor that has nothing but different strings for keys. */
export function literalKeys({ lhs }: AstNode): readonly string[] | undefined {
  const keys = (lhs as readonly Pair[]).map(([key]) => (isLiteral(key) ? (key.value as string) : undefined));
  const isKnown = keys.every((key) => key !== undefined && !RESERVED.includes(key));
  return isKnown && new Set(keys).size === keys.length ? (keys as string[]) : undefined;
}

const isLiteral = ({ type, value, predicate, group }: AstNode): boolean =>
  type === 'string' && typeof value === 'string' && !predicate && !group;

/** An object with fields known beforehand; those whose value is undefined are left out. */
export function fieldsCode(keys: readonly string[], node: AstNode, values: readonly Code[], place: Place): Code {
  const shared = place.program.sharedCalls((node.lhs as readonly Pair[]).map(([, value]) => value));
  const count = keys.length;
  return (input, frame, run) => {
    const result: Record<string, unknown> = {};
    let at = 0;
    try {
      for (; at < count; at++) {
        const value = (values[at] as Code)(input, frame, run);
        if (value !== undefined) result[keys[at] as string] = value;
      }
    } catch (thrown) {
      throw decided(thrown, run, shared[at] === true, values.slice(at + 1), input, frame);
    }
    return result;
  };
}
