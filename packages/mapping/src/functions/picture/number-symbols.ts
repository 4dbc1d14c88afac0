/** The characters and words of a number's picture and of what is written by it. */
export interface NumberSymbols {
  readonly 'decimal-separator': string;
  readonly 'grouping-separator': string;
  readonly 'exponent-separator': string;
  readonly 'minus-sign': string;
  readonly percent: string;
  readonly 'per-mille': string;
  readonly 'zero-digit': string;
  readonly digit: string;
  readonly 'pattern-separator': string;
}

const DEFAULTS: NumberSymbols = {
  ...{ 'decimal-separator': '.', 'grouping-separator': ',', 'exponent-separator': 'e', 'minus-sign': '-' },
  ...{ percent: '%', 'per-mille': '\u2030', 'zero-digit': '0', digit: '#', 'pattern-separator': ';' },
};

/** Symbols, and what tells them apart while a picture is read. */
export interface SymbolTable {
  readonly symbols: NumberSymbols;
  /** From zero to nine. */
  readonly digits: readonly string[];
  /** Characters that have a meaning in a picture. */
  readonly active: ReadonlySet<string>;
}

/** What of the options is a symbol: a whole payload may be given for them. */
export function symbolsIn(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(DEFAULTS, name)));
}

/** The symbols with the options' own; an option that is no text meets JavaScript's own methods, as in the reference. */
export function symbolTable(options: Readonly<Record<string, unknown>>): SymbolTable {
  const symbols = { ...DEFAULTS, ...options } as NumberSymbols;
  const zero = symbols['zero-digit'].charCodeAt(0);
  const digits = Array.from({ length: 10 }, (_, value) => String.fromCharCode(zero + value));
  const separators = ['decimal-separator', 'exponent-separator', 'grouping-separator'] as const;
  const active = [...separators.map((name) => symbols[name]), symbols.digit, symbols['pattern-separator']];
  return { symbols, digits, active: new Set([...digits, ...active]) };
}
