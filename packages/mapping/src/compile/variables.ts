import type { Code } from '../run/code.ts';
import { type Frame, UNBOUND } from '../run/frame.ts';
import { collapsed } from '../run/sequence.ts';
import type { Sequence } from '../run.ts';
import type { AstNode } from './ast-node.ts';
import type { Place } from './place.ts';
import { type Candidate, resolve } from './scope.ts';

/** `$`: the context value, which is the input itself where that is an array. */
const contextCode: Code = (input) =>
  Array.isArray(input) && (input as Sequence).outerWrapper ? input[0] : collapsed(input);

/** `$name`, `$` and `$$`, and what `%` stands for. */
export function variableCode(name: string, place: Place): Code {
  return name === '' ? contextCode : lookupCode(name, place);
}

/** The value of a variable as it was assigned. */
export function lookupCode(name: string, place: Place): Code {
  const { program, scope } = place;
  const global = program.globalCode(name);
  if (program.isDynamic) {
    return (input, frame, run) => {
      const value = lookUp(frame, name);
      return collapsed(value === UNBOUND ? global(input, frame, run) : value);
    };
  }
  const { candidates, isCertain } = resolve(scope, name);
  const [first, second] = candidates;
  if (first === undefined) return global;
  if (isCertain && second === undefined) return certainCode(first);
  return (input, frame, run) => {
    for (const candidate of candidates) {
      const value = frameAt(frame, candidate.hops)[candidate.slot];
      if (value !== UNBOUND) return collapsed(value);
    }
    return global(input, frame, run);
  };
}

function certainCode({ hops, slot }: Candidate): Code {
  if (hops === 0) return (_input, frame) => collapsed(frame[slot]);
  if (hops === 1) return (_input, frame) => collapsed((frame[0] as Frame)[slot]);
  return (_input, frame) => collapsed(frameAt(frame, hops)[slot]);
}

function frameAt(frame: Frame, hops: number): Frame {
  let at = frame;
  for (let hop = 0; hop < hops; hop++) at = at[0] as Frame;
  return at;
}

/** A variable's value where frames hold maps. */
function lookUp(frame: Frame, name: string): unknown {
  for (let at: Frame | undefined = frame; at !== undefined; at = at[0]) {
    const names = at[1] as Map<string, unknown>;
    if (names.has(name)) return names.get(name);
  }
  return UNBOUND;
}

/** `$name := value` */
export function bindCode(node: AstNode, place: Place): Code {
  const name = (node.lhs as AstNode).value as string;
  const value = place.code(node.rhs as AstNode);
  if (place.program.isDynamic) {
    return (input, frame, run) => {
      const result = value(input, frame, run);
      (frame[1] as Map<string, unknown>).set(name, result);
      return result;
    };
  }
  const slot = place.scope?.slotOf(name) ?? 0;
  if (slot === 0) throw new Error(`no slot for "$${name}"`);
  return (input, frame, run) => {
    const result = value(input, frame, run);
    frame[slot] = result;
    return result;
  };
}
