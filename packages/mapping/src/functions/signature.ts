import type { Signature } from '../run/function-value.ts';
import type { JsonataError } from '../run.ts';
import { takenBy } from './signature-match.ts';
import { type Parameter, parametersOf } from './signature-parse.ts';
import { KIND, kindOf, kindsText } from './value-kind.ts';

/**
 * Reads a signature such as `<s-nn?:s>`. Throws `S0401` and `S0402`; what it gives throws `T0410`, `T0411` and `T0412` for arguments that do
 * not fit, and otherwise gives them completed from the context value, with single values made arrays where arrays are wanted.
 */
export function parseSignature(definition: string): Signature {
  const params = parametersOf(definition);
  const straight = params.every(({ repeats }) => repeats === '' || repeats === '?');
  // The first parameter alone may be left out in favour of the context value: then all others have their arguments.
  const shifts = straight && params.length > 1 && (params[0]?.contextKinds ?? 0) > 0 && requires(params, 1);
  return {
    validate(args, context) {
      if (straight && args.length <= params.length) {
        const plain = validatedInPlace(params, args);
        if (plain) return plain;
        if (shifts && args.length === params.length - 1) return validatedBehindContext(params, args, context);
      }
      return validatedByCounts(params, args, context);
    },
  };
}

const requires = (params: readonly Parameter[], from: number): boolean =>
  params.every(({ repeats }, at) => at < from || repeats === '');

/** The common case: an argument for each parameter, but for optional ones at the end. Gives undefined where it is another. */
function validatedInPlace(params: readonly Parameter[], args: readonly unknown[]): readonly unknown[] | undefined {
  let result: unknown[] | undefined;
  for (let at = 0; at < params.length; at++) {
    const param = params[at] as Parameter;
    if (at >= args.length) {
      if (param.repeats === '' || param.contextKinds !== 0) return undefined;
      continue;
    }
    const kind = kindOf(args[at]);
    if ((kind & param.kinds) === 0) return undefined;
    if (param.type !== 'a' || kind === KIND.m) continue;
    if (kind === KIND.a && param.subtype === undefined) continue;
    // Whether all fit comes before what an array holds.
    if (!restFits(params, args, at + 1)) return undefined;
    const list = arrayOf(param, args[at], kind, 1, at);
    if (list === args[at]) continue;
    result ??= args.slice();
    result[at] = list;
  }
  return result ?? args;
}

function restFits(params: readonly Parameter[], args: readonly unknown[], from: number): boolean {
  for (let at = from; at < params.length; at++) {
    const { repeats, contextKinds, kinds } = params[at] as Parameter;
    if (at >= args.length ? repeats === '' || contextKinds !== 0 : (kindOf(args[at]) & kinds) === 0) return false;
  }
  return true;
}

function validatedBehindContext(
  params: readonly Parameter[],
  args: readonly unknown[],
  context: unknown,
): readonly unknown[] {
  const [first] = params as [Parameter];
  for (let at = 0; at < args.length; at++) {
    const { kinds, type } = params[at + 1] as Parameter;
    if (type === 'a' || (kindOf(args[at]) & kinds) === 0) return validatedByCounts(params, args, context);
  }
  return [fromContext(first, context, 0), ...args];
}

function validatedByCounts(
  params: readonly Parameter[],
  args: readonly unknown[],
  context: unknown,
): readonly unknown[] {
  const kinds = args.map(kindOf);
  const counts = takenBy(params, kinds, true);
  if (counts === undefined) throw misfit(params, args, kinds);
  const result: unknown[] = [];
  // What an optional parameter left out takes is counted as well, so that from there on kinds and arguments are no longer in step: so it is in
  // the reference.
  let from = 0;
  let matched = 0;
  params.forEach((param, at) => {
    const count = counts[at] as number;
    if (count === 0) {
      if (param.contextKinds > 0) result.push(fromContext(param, context, from));
      else result.push(args[from++]);
    }
    for (let taken = 0; taken < count; taken++, from++, matched++) {
      const kind = kinds[matched] as number;
      const isArray = param.type === 'a' && kind !== KIND.m;
      result.push(isArray ? arrayOf(param, args[from], kind, count, from) : missingOr(param, kind, args[from]));
    }
  });
  return result;
}

const missingOr = (param: Parameter, kind: number, arg: unknown): unknown =>
  param.type === 'a' && kind === KIND.m ? undefined : arg;

function fromContext(param: Parameter, context: unknown, at: number): unknown {
  if ((kindOf(context) & param.contextKinds) !== 0) return context;
  throw { code: 'T0411', value: context, index: at + 1, wanted: kindsText(param.contextKinds) } satisfies JsonataError;
}

const PLURALS: Readonly<Record<string, string>> = {
  ...{ a: 'arrays', b: 'booleans', f: 'functions', n: 'numbers', o: 'objects', s: 'strings' },
};

/** The argument as the array that its parameter wants. `count` is how many arguments the parameter takes. */
function arrayOf({ subtype }: Parameter, arg: unknown, kind: number, count: number, at: number): unknown {
  const wanted = subtype === undefined ? 0 : (KIND[subtype.charAt(0) as keyof typeof KIND] ?? 0);
  if (kind === KIND.a) {
    const list = arg as readonly unknown[];
    if (subtype === undefined || allOf(list, wanted)) return list;
  } else if (subtype === undefined || (count === 1 && subtype.length === 1 && kind === wanted)) {
    return [arg];
  }
  const type = PLURALS[subtype];
  throw { code: 'T0412', value: arg, index: at + 1, ...(type ? { type } : {}) } satisfies JsonataError;
}

function allOf(list: readonly unknown[], wanted: number): boolean {
  if (wanted === KIND.n) {
    for (let at = 0; at < list.length; at++) if (typeof list[at] !== 'number') return false;
  } else if (wanted === KIND.s) {
    for (let at = 0; at < list.length; at++) if (typeof list[at] !== 'string') return false;
  } else {
    for (let at = 0; at < list.length; at++) if (kindOf(list[at]) !== wanted) return false;
  }
  return true;
}

/** Names the first argument that no parameter takes, found as the reference does: parameter by parameter. */
function misfit(params: readonly Parameter[], args: readonly unknown[], kinds: readonly number[]): JsonataError {
  let good = 0;
  let left: Parameter | undefined;
  for (let length = 1; length <= params.length; length++) {
    const counts = takenBy(params.slice(0, length), kinds, false);
    left = counts === undefined ? params[length - 1] : params.findLast((_, at) => counts[at] === 0);
    if (counts === undefined) break;
    good = counts.reduce((sum, count) => sum + count, 0);
  }
  // Beyond the last parameter there is nothing to be.
  const wanted = left ? kindsText(left.kinds) : 'left out';
  return { code: 'T0410', value: args[good], index: good + 1, wanted };
}
