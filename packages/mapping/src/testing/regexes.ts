import fc from 'fast-check';

const UNITS = 'abAB1_- \n\u00a0éÉßſ\u212a\ud83d\ude00\u2028'.split('');

/** Texts in which the patterns below find something now and then. */
export const regexText = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom('a', 'b') }, fc.constantFrom(...UNITS)), { maxLength: 10 })
  .map((units) => units.join(''));

const atom = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'ab', 'A') },
  fc.constantFrom(...'. \\w \\W \\d \\s \\S [ab] [^a] [a-c1] [^] [] [^\\n] [\\w-] \\x61 \\u0062'.split(' ')),
  fc.constantFrom(...'é ß ſ \\u212a [à-ý] [^É] \\xa0 1 _ - \\n \\cJ \\0'.split(' ')),
  { weight: 2, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B') },
);
const quantifier = fc
  .tuple(fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '{2,3}', '{0}', '{0,1}'), fc.constantFrom('', '', '?'))
  .map((parts) => parts.join(''));

const isAssertion = (pattern: string): boolean => /^(?:\^|\$|\\[bB])$/.test(pattern);

/**
 * Patterns without look-around and back-references, and without `(?i:` at the start of a group: V8 sorts alternatives in there as if case
 * counted.
 */
export const regularPattern = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: atom },
    fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((parts) => parts.join('')),
    fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }).map((options) => `(?:${options.join('|')})`),
    tie('pattern').map((body) => `(${body})`),
    fc.tuple(tie('pattern'), fc.constantFrom('m', 's', 's-m', '-m')).map(([body, on]) => `(?${on}:${body})`),
    fc
      .tuple(tie('pattern'), fc.boolean(), quantifier)
      .map(([body, isGroup, times]) =>
        isAssertion(body) || body.length > 1 ? `${isGroup ? '(' : '(?:'}${body})${times}` : `${body}${times}`,
      ),
    fc.array(tie('pattern'), { maxLength: 2 }).map((options) => `(|${options.join('|')})`),
  ),
})).pattern;

const PIECES = 'a b 1 0 7 8 c x u k d B < > = : , - / ( ) (?: (?<a> [ ] [^ { } {1 1} | * ? ^ $ . \\ \\ \\'.split(' ');

/** Anything that `RegExp` takes, mostly odd. */
export const oddPattern = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 12 })
  .map((pieces) => pieces.join(''))
  .filter((pattern) => isPattern(pattern));

export const regexFlags = fc.constantFrom('', 'i', 'm', 'im');

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern);
    return true;
  } catch {
    return false;
  }
}
