import type { CallNode, Node } from '../syntax/index.ts';
import { cursorAt } from './cursor.ts';
import { functionDocs, parameterText } from './function-text.ts';
import type { Facts } from './infer.ts';
import { KNOWN_FUNCTIONS, type ParameterEntry } from './known-functions.ts';
import type { MappingShapes } from './mapping-shapes.ts';

/** The call that the cursor stands in. */
export interface SignatureHelp {
  /** `$substring(string, start, length?)` */
  readonly label: string;
  /** What the function does, as Markdown. */
  readonly documentation?: string;
  readonly parameters: readonly {
    /** Where it stands in `label`. */
    readonly from: number;
    readonly to: number;
    readonly type: string;
    readonly documentation?: string;
  }[];
  /** The parameter that is being written, from 0; undefined behind the last one. */
  readonly active?: number;
}

/** The call around `offset` and its active parameter. Never throws. */
export function signatureHelpAt(source: string, offset: number, shapes: MappingShapes = {}): SignatureHelp | undefined {
  try {
    const cursor = cursorAt(source, Math.max(0, Math.min(offset, source.length)), shapes);
    const call = cursor && callAround(cursor.path, cursor.from);
    return call && help(call, cursor.facts, cursor.from);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** A function's body has calls of its own. */
function callAround(path: readonly Node[], offset: number): CallNode | undefined {
  for (const [up, node] of [...path].reverse().entries()) {
    const inner = path[path.length - up];
    if (node.kind === 'lambda' && inner === node.body) return undefined;
    if (node.kind === 'call' && node.open < offset && inner !== node.callee) return node;
  }
  return undefined;
}

function help(call: CallNode, facts: Facts, offset: number): SignatureHelp | undefined {
  const { callee } = call;
  if (callee.kind !== 'variable') return undefined;
  const own = facts.of(callee)?.scope.get(callee.name)?.typed.fn;
  const known = own ? undefined : KNOWN_FUNCTIONS.get(callee.name);
  const params: readonly ParameterEntry[] | undefined =
    known?.params ??
    own?.params.map((param) => ({ name: `$${param.name}`, type: param.type ?? 'any', optional: false }));
  if (!params) return undefined;
  let label = `$${callee.name}(`;
  const parameters = params.map((param, at) => {
    if (at > 0) label += ', ';
    const from = label.length;
    label += parameterText(param);
    const { type, description } = param;
    return { from, to: label.length, type, ...(description === undefined ? {} : { documentation: description }) };
  });
  const given = call.commas.filter((comma) => comma < offset).length + (facts.chained.has(call) ? 1 : 0);
  const active = given < params.length ? given : params.at(-1)?.repeats ? params.length - 1 : undefined;
  return {
    label: `${label})${known ? `: ${known.result}` : ''}`,
    parameters,
    ...(known ? { documentation: functionDocs(known) } : {}),
    ...(active === undefined ? {} : { active }),
  };
}
