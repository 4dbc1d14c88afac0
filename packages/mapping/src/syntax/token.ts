/** A token with its exact place; blanks and comments stand between tokens. */
export interface Token {
  readonly kind: 'name' | 'quoted' | 'variable' | 'string' | 'number' | 'value' | 'regex' | 'operator' | 'end';
  /** The name without backticks or `$`, the string without quotes, the operator itself. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** It has no end in the source, such as a string without its closing quote. */
  readonly isOpen?: boolean;
}

const BLANKS = ' \t\n\r\v';
const OPERATORS = new Set('.[]{}(),@#;:?+-*/%|=<>^&!~');
const PAIRS = new Set(['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??']);
const WORD_OPERATORS = new Set(['and', 'or', 'in']);
const VALUES = new Set(['true', 'false', 'null']);
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?/y;

/** The token at or behind `at`, as JSONata's own tokenizer cuts it. A slash begins a regular expression only where an operand may stand. */
export function tokenAt(source: string, at: number, operandMayStand: boolean): Token {
  const from = skipBlanks(source, at);
  const char = source.charAt(from);
  if (char === '') return { kind: 'end', text: '', from, to: from };
  if (char === '/' && operandMayStand) return regexAt(source, from);
  if (PAIRS.has(char + source.charAt(from + 1)))
    return { kind: 'operator', text: source.slice(from, from + 2), from, to: from + 2 };
  if (OPERATORS.has(char)) return { kind: 'operator', text: char, from, to: from + 1 };
  if (char === '"' || char === "'") return stringAt(source, from, char);
  if (char === '`') return quotedAt(source, from);
  if (char >= '0' && char <= '9') {
    NUMBER.lastIndex = from;
    const text = NUMBER.exec(source)?.[0] ?? char;
    return { kind: 'number', text, from, to: from + text.length };
  }
  return wordAt(source, from);
}

/** Where the comment that holds `offset` begins and ends, if any does. */
export function commentAround(source: string, offset: number): { from: number; to: number } | undefined {
  let at = 0;
  let operand = true;
  while (at < offset) {
    const { from: next, comment } = skipOne(source, at);
    if (comment && next >= offset && at < offset) return { from: at, to: next };
    if (next > at) {
      at = next;
      continue;
    }
    const token = tokenAt(source, at, operand);
    if (token.kind === 'end') return undefined;
    operand = token.kind === 'operator' && !')]}'.includes(token.text);
    at = token.to;
  }
  return undefined;
}

function skipBlanks(source: string, at: number): number {
  for (let from = at; ; ) {
    const { from: next } = skipOne(source, from);
    if (next === from) return from;
    from = next;
  }
}

function skipOne(source: string, at: number): { from: number; comment: boolean } {
  let from = at;
  while (from < source.length && BLANKS.includes(source.charAt(from))) from++;
  if (from > at || !source.startsWith('/*', from)) return { from, comment: false };
  const end = source.indexOf('*/', from + 2);
  return { from: end < 0 ? source.length : end + 2, comment: true };
}

function stringAt(source: string, from: number, quote: string): Token {
  let text = '';
  let at = from + 1;
  for (; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === quote) return { kind: 'string', text, from, to: at + 1 };
    if (char !== '\\') {
      text += char;
      continue;
    }
    at++;
    const hex = source.charAt(at) === 'u' ? /^[0-9a-fA-F]{4}/.exec(source.slice(at + 1, at + 5))?.[0] : undefined;
    if (hex) at += 4;
    text += hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (ESCAPES[source.charAt(at)] ?? source.charAt(at));
  }
  return { kind: 'string', text, from, to: source.length, isOpen: true };
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function quotedAt(source: string, from: number): Token {
  const end = source.indexOf('`', from + 1);
  if (end >= 0) return { kind: 'quoted', text: source.slice(from + 1, end), from, to: end + 1 };
  // Half typed: the name ends where a name would, so that what follows is still read.
  const length = /^[\w ]*/.exec(source.slice(from + 1))?.[0].length ?? 0;
  return {
    kind: 'quoted',
    text: source.slice(from + 1, from + 1 + length),
    from,
    to: from + 1 + length,
    isOpen: true,
  };
}

function regexAt(source: string, from: number): Token {
  let depth = 0;
  for (let at = from + 1; at < source.length; at++) {
    const char = source.charAt(at);
    if (char === '\\') at++;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === '\n' && depth <= 0) break;
    else if (char === '/' && depth === 0) {
      let to = at + 1;
      while ('im'.includes(source.charAt(to) || ' ')) to++;
      return { kind: 'regex', text: source.slice(from, to), from, to };
    }
  }
  const line = source.indexOf('\n', from);
  const to = line < 0 ? source.length : line;
  return { kind: 'regex', text: source.slice(from, to), from, to, isOpen: true };
}

function wordAt(source: string, from: number): Token {
  let to = from;
  while (to < source.length && !BLANKS.includes(source.charAt(to)) && !OPERATORS.has(source.charAt(to))) to++;
  const text = source.slice(from, to);
  if (text.startsWith('$')) return { kind: 'variable', text: text.slice(1), from, to };
  const kind = WORD_OPERATORS.has(text) ? 'operator' : VALUES.has(text) ? 'value' : 'name';
  return { kind, text, from, to };
}
