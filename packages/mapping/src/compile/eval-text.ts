import type { Code } from '../run/code.ts';
import { sentenceFor } from '../run/error-messages.ts';
import type { Evaluation } from '../run/evaluation.ts';
import type { Frame } from '../run/frame.ts';
import { asSequence, isSequence } from '../run/sequence.ts';
import { Interruption, Uncompiled } from '../run/suspend.ts';
import type { NativeFunction, Run } from '../run.ts';
import { NotCompiled } from './not-compiled.ts';

/** Longer texts are parsed in an isolate only: this much takes some ten milliseconds. */
export const MAX_TEXT_LENGTH = 50_000;

/** `$eval(text, focus?)`: evaluates a mapping among the variables where it is called, under the same limits. */
export const evalFunction: NativeFunction = {
  name: 'eval',
  signature: '<sx?:x>',
  params: ['expr', 'focus'],
  call: evaluateText,
};

function evaluateText(run: Run, args: readonly unknown[], input: unknown): unknown {
  const [text, focus] = args;
  if (text === undefined) return undefined;
  const evaluation = run as Evaluation;
  const { callerFrame } = evaluation;
  let code: Code;
  try {
    code = compiled(evaluation, text as string);
  } catch (thrown) {
    throw inEval('D3120', thrown);
  }
  try {
    return code(focus === undefined ? input : wrapped(focus), callerFrame as Frame, evaluation);
  } catch (thrown) {
    throw inEval('D3121', thrown);
  }
}

function compiled(run: Evaluation, text: string): Code {
  // Parsing is not stopped on its way.
  if (text.length > MAX_TEXT_LENGTH) run.leave({ code: 'STRING_LIMIT' });
  run.spend(text.length);
  try {
    return run.codeOfText(text);
  } catch (thrown) {
    throw thrown instanceof NotCompiled ? new Uncompiled() : thrown;
  }
}

/** A list is one context value, not many. */
const wrapped = (focus: unknown): unknown =>
  Array.isArray(focus) && !isSequence(focus) ? Object.assign(asSequence([focus]), { outerWrapper: true }) : focus;

function inEval(code: string, thrown: unknown): unknown {
  if (thrown instanceof Interruption || thrown instanceof RangeError) return thrown;
  const error = (thrown ?? {}) as { code?: string; message?: string };
  return { code, value: sentenceFor(error) ?? error.message, error };
}
