import type { Code } from '../run/code.ts';
import type { AstNode, Pair } from './ast-node.ts';
import { groupCode } from './groups.ts';
import type { Place } from './place.ts';
import { decided } from './side-by-side.ts';

/** Names with which JSONata marks its functions. */
const RESERVED = ['_jsonata_lambda', '_jsonata_function', '__proto__'];

/** `{ key: value }`. Where the context value is an array, it groups that. */
export function objectCode(node: AstNode, place: Place): Code {
  const pairs = node.lhs as readonly Pair[];
  const group = groupCode({ lhs: pairs, ...(node.position === undefined ? {} : { position: node.position }) }, place);
  const keys = pairs.map(([key]) => (isLiteral(key) ? (key.value as string) : undefined));
  if (new Set(keys).size < pairs.length || keys.some((key) => key === undefined || RESERVED.includes(key))) {
    return (input, frame, run) => group(Array.isArray(input) ? input : [input], frame, run);
  }
  const build = fieldsCode(keys as string[], pairs, place);
  return (input, frame, run) => (Array.isArray(input) ? group(input, frame, run) : build(input, frame, run));
}

const isLiteral = ({ type, value, predicate, group }: AstNode): boolean =>
  type === 'string' && typeof value === 'string' && !predicate && !group;

/** An object with fields known beforehand; those whose value is undefined are left out. */
function fieldsCode(keys: readonly string[], pairs: readonly Pair[], place: Place): Code {
  const values = pairs.map(([, value]) => place.code(value));
  const shared = place.program.sharedCalls(pairs.map(([, value]) => value));
  const count = keys.length;
  return (input, frame, run) => {
    const result: Record<string, unknown> = {};
    for (let at = 0; at < count; at++) {
      let value: unknown;
      try {
        value = (values[at] as Code)(input, frame, run);
      } catch (thrown) {
        throw decided(thrown, run, shared[at] === true, values.slice(at + 1), input, frame);
      }
      if (value !== undefined) result[keys[at] as string] = value;
    }
    return result;
  };
}
