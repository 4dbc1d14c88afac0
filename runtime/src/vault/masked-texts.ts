/** A value without parts. */
export type Leaf = string | number | boolean;

/** What stands for a masked value where people look. */
export const CONCEALED = '•••';

/** What ends a text that was cut. */
const CUT = '…';

/** Shorter values stand in other texts by chance. */
const GRAM = 5;
/** A form that says less of the value than this many characters is not looked for. */
const MAX_VALUE_LENGTH = 10_000;

/** Finds masked values inside of texts: as they are, and as JSON, URLs, forms, XML and base64 write them; in any case of letters. */
export interface MaskedTexts {
  /** Equals one of them. */
  isOne(leaf: unknown): boolean;
  /** Whether the name of a field is one of them, or holds one. */
  isInName(name: string): boolean;
  /** The text with dots where one of them stood; the same text where none did. */
  redact(text: string): string;
}

/** @param values those that tell something */
export function maskedTexts(values: ReadonlySet<Leaf>): MaskedTexts {
  const whole = new Set([...values].map(String));
  // By the first letters of each form: one look-up for a place in a text, however many values there are.
  const byGram = new Map<string, string[]>();
  const starts = new Uint8Array(128);
  for (const form of new Set([...whole].flatMap(formsOf))) {
    const gram = form.slice(0, GRAM);
    const others = byGram.get(gram);
    if (others) others.push(form);
    else byGram.set(gram, [form]);
    for (const letter of [form.charAt(0), form.charAt(0).toUpperCase()]) starts[letter.charCodeAt(0) & 127] = 1;
  }

  return {
    isOne: (leaf) => (typeof leaf === 'string' || typeof leaf === 'number') && whole.has(String(leaf)),
    isInName: (name) => whole.has(name) || matchFrom(name, 0) !== undefined,
    redact(text) {
      let out = '';
      let at = 0;
      for (let match = matchFrom(text, 0); match; match = matchFrom(text, at)) {
        out += text.slice(at, match.at) + CONCEALED;
        at = match.at + match.length;
      }
      return at === 0 ? text : out + text.slice(at);
    },
  };

  function matchFrom(text: string, from: number): { at: number; length: number } | undefined {
    // What a cut left of a value at the end is a part of it that tells as much as the whole.
    const end = text.endsWith(CUT) ? text.length - CUT.length : undefined;
    for (let at = from; at + GRAM <= text.length; at++) {
      if (starts[text.charCodeAt(at) & 127] !== 1) continue;
      const forms = byGram.get(text.slice(at, at + GRAM).toLowerCase());
      const length = forms?.reduce((longest, form) => {
        const here = text.slice(at, at + form.length).toLowerCase();
        const left = end === undefined ? '' : here.slice(0, Math.max(0, end - at));
        if (here === form) return Math.max(longest, form.length);
        return left.length >= GRAM && form.startsWith(left) ? Math.max(longest, left.length) : longest;
      }, 0);
      if (length) return { at, length };
    }
    return undefined;
  }
}

/**
 * For values that are too many to be looked for: takes every text and number that tells something for one of them. Names of fields are left to
 * be read, but for those that equal a value.
 */
export function everyText(values: ReadonlySet<Leaf>): MaskedTexts {
  const whole = new Set([...values].map((value) => String(value).toLowerCase()));
  return {
    isOne: (leaf) => (typeof leaf === 'string' || typeof leaf === 'number') && isTelling(leaf),
    isInName: (name) => whole.has(name.toLowerCase()),
    redact: (text) => (isTelling(text) ? CONCEALED : text),
  };
}

/** Short values ("DE", 1, true) would match by chance all over a payload, and say little. */
export function isTelling(value: Leaf): boolean {
  return typeof value !== 'boolean' && String(value).length >= 4;
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function formsOf(value: string): string[] {
  if (value.length < GRAM || value.length > MAX_VALUE_LENGTH) return [];
  const url = encodeURIComponent(value.toWellFormed());
  const base64 = [0, 1, 2].map((offset) => base64At(value, offset));
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    url,
    new URLSearchParams({ '': value }).toString().slice(1),
    value.replace(/[&<>"']/g, (sign) => XML[sign] ?? sign),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return forms.filter((form) => form.length >= GRAM).map((form) => form.toLowerCase());
}

/** What is sure to stand in the base64 of a text that holds the value behind `offset` (modulo 3) other bytes. */
function base64At(value: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(value)]);
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6));
}
