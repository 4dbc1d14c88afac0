import { type AstNode, regexesOf } from './compile/ast-node.ts';
import type { Evaluator } from './evaluator.ts';
import type { MappingFunctions } from './outside-functions.ts';
import { compileRegex } from './regex/index.ts';
import type { EvaluationLimits } from './run/evaluation.ts';

/** How a mapping is evaluated, for whoever wants to know why it is fast or slow. Plain data. */
export interface MappingExplanation {
  /** It runs as closures as a whole; otherwise JSONata's own evaluator does all of it. */
  readonly isCompiled: boolean;
  /** The constructs that keep it from that. */
  readonly fallbacks: readonly { readonly construct: string; readonly reason: string }[];
  /** It gives its result at once; otherwise a promise, as soon as one of `calls` does. */
  readonly isSynchronous: boolean;
  /** The functions from outside that it calls by name. */
  readonly calls: readonly string[];
  /** What is checked while it runs. */
  readonly limits: Readonly<EvaluationLimits>;
  readonly regularExpressions: readonly { readonly source: string; readonly kind: 'native' | 'linear' | 'isolate' }[];
  /** One of its regular expressions may only run on long texts where the thread can be killed. */
  readonly needsIsolate: boolean;
}

export function explainMapping(
  ast: AstNode,
  { program, fallback }: Evaluator,
  limits: EvaluationLimits,
  functions: MappingFunctions,
): MappingExplanation {
  const regularExpressions = regexesOf(ast).map(({ regex }) => ({
    source: regex.source,
    kind: compileRegex(regex).kind,
  }));
  const calls = program ? [...program.outsideCalls] : [];
  const mayCall = program?.isDynamic === true && Object.keys(functions).length > 0;
  return {
    isCompiled: program !== undefined,
    fallbacks: fallback ? [fallback] : [],
    isSynchronous: program !== undefined && calls.length === 0 && !mayCall,
    calls,
    limits,
    regularExpressions,
    needsIsolate: regularExpressions.some(({ kind }) => kind === 'isolate'),
  };
}
