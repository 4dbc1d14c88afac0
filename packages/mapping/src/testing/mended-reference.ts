import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type jsonata from 'jsonata';

/** A place of the reference where ours answers differently on purpose, and what stands there in a reference that answers as ours does. */
interface Mend {
  readonly reason: string;
  readonly instead: readonly (readonly [found: string, mended: string])[];
}

/** Without it the reference makes lists of hundreds of millions of characters, which end the process. */
const BOUNDS: readonly Mend[] = [
  {
    reason: 'strings are limited to 16 Mi characters',
    instead: [
      [
        'var padding = (new Array(padLength + 1)).join(char);',
        "if (padLength > 16 * 1024 * 1024) throw { code: 'STRING_LIMIT' }; var padding = (new Array(padLength + 1)).join(char);",
      ],
    ],
  },
];

/** Each is exact: with all of them done, the reference has to give what ours gives. */
const MENDS: readonly Mend[] = [
  {
    reason:
      'the input stays untouched, and so does what a transform copies: the reference puts an undefined into empty lists that it groups, where later parts find it, and the result has a null',
    instead: [['input.push(undefined);', 'input = [undefined];']],
  },
  {
    reason: 'the input stays untouched: the reference writes on its lists that they were asked for as lists',
    instead: [
      [
        'resultSequence.keepSingleton = true;',
        'if (Array.isArray(resultSequence) && !resultSequence.sequence) resultSequence = resultSequence.slice(); resultSequence.keepSingleton = true;',
      ],
    ],
  },
  {
    reason:
      'a built-in function checks its arguments also where it is applied partly: in the reference misfits meet its JavaScript',
    instead: [
      [
        'definition.signature = parseSignature(signature);',
        'definition.signature = parseSignature(signature); func.checked = definition.signature;',
      ],
      [
        'var result = proc.apply(focus, args);',
        'var result = proc.apply(focus, validateArguments(proc.checked, args));',
      ],
    ],
  },
  {
    reason:
      'functions have no text: the reference matches and writes its own source text, which each of its builds has otherwise',
    instead: [
      ['closure.arity = getFunctionArity(arg);', "closure.arity = getFunctionArity(arg); closure.toString = () => '';"],
      ['re.exec(str);', "re.exec(typeof str === 'function' ? '' : str);"],
      [
        'result += replacement;',
        "if (typeof replacement === 'function') throw { code: 'D3012', value: replacement }; result += replacement;",
      ],
    ],
  },
  {
    reason:
      'a pattern on the left of ?: or ?? moves on from match to match: the reference loses the flag for that, and finds the first one for ever',
    instead: [
      [
        'new environment.base.RegexEngine(expr.value)',
        "new environment.base.RegexEngine(expr.value instanceof RegExp ? expr.value : new RegExp(String(expr.value), 'g'))",
      ],
    ],
  },
  {
    reason: 'what a picture of $toMillis leaves out comes from the clock, which goes on between the two',
    instead: [
      ['timestamp = new Date();\n                exec_env', 'timestamp = new Date(nowMs);\n                exec_env'],
    ],
  },
];

/** The reference as it is, but for what would end the process. */
export const boundedReference = (): typeof jsonata => loaded(BOUNDS, Date.now());

/** The reference with its mends, at a moment. */
export const mendedReference = (nowMs: number): typeof jsonata => loaded([...BOUNDS, ...MENDS], nowMs);

function loaded(mends: readonly Mend[], nowMs: number): typeof jsonata {
  const path = createRequire(import.meta.url).resolve('jsonata');
  const source = mends.flatMap(({ instead }) => instead).reduce(mended, readFileSync(path, 'utf8'));
  const module = { exports: {} };
  compileFunction(source, ['module', 'exports', 'nowMs'])(module, module.exports, nowMs);
  return module.exports as typeof jsonata;
}

/** A mend that finds its place no more, or twice, says nothing. */
function mended(source: string, [found, instead]: readonly [string, string]): string {
  const parts = source.split(found);
  if (parts.length !== 2) throw new Error(`the reference has ${parts.length - 1} places with: ${found}`);
  return parts.join(instead);
}
