import { field } from '@crossdock/connector-sdk';
import { ENTITY_PATTERN, MAX_ID_LENGTH, SYSTEM_PATTERN } from '@crossdock/xref';
import { type TUnsafe, Type } from 'typebox';

export const entityField = () =>
  field(
    Type.String({
      pattern: ENTITY_PATTERN,
      'x-pattern-reason': 'must be small letters, digits and _, such as customer',
    }),
    {
      title: 'Entity',
      description: 'What kind of thing it is.',
      examples: ['customer', 'product'],
    },
  );

export const systemField = (title: string, description: string, example: string) =>
  field(Type.String({ pattern: SYSTEM_PATTERN, 'x-pattern-reason': 'must be small letters, digits and . _ - /' }), {
    title,
    description,
    examples: [example],
    'x-expression': true,
  });

/** Numbers are written out. */
export const systemId = (): TUnsafe<string | number> =>
  Type.Unsafe<string | number>({ type: ['string', 'number'], minLength: 1, maxLength: MAX_ID_LENGTH });

export const idField = (title: string, description: string, example: string) =>
  field(systemId(), { title, description, examples: [example], 'x-expression': true });
