import { type TUnsafe, Type } from 'typebox';

/** A header's or query parameter's value; numbers and booleans are written out. */
export type PlainValue = string | number | boolean;

/** Config field of names and values, each value expression-capable; a value that evaluates to nothing is left out. No name begins with `except`. */
export const headerValues = ({ except }: { except?: string } = {}): TUnsafe<Record<string, PlainValue>> =>
  Type.Unsafe<Record<string, PlainValue>>({
    type: 'object',
    propertyNames: { pattern: `^${except ? notBeginning(except) : ''}[A-Za-z0-9!#$%&'*+.^_\`|~-]+$` },
    additionalProperties: { type: ['string', 'number', 'boolean'], 'x-expression': true },
  });

/** In any case of letters; a JSON Schema pattern has no flags. */
const notBeginning = (start: string): string =>
  `(?!${[...start].map((letter) => `[${letter.toUpperCase()}${letter.toLowerCase()}]`).join('')})`;

/** As `headerValues`, for query parameters: any name, and a list repeats the parameter. */
export const queryValues = (): TUnsafe<Record<string, PlainValue | PlainValue[]>> =>
  Type.Unsafe<Record<string, PlainValue | PlainValue[]>>({
    type: 'object',
    additionalProperties: {
      type: ['string', 'number', 'boolean', 'array'],
      items: { type: ['string', 'number', 'boolean'] },
      'x-expression': true,
    },
  });
