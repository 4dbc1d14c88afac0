import { type TUnsafe, Type } from 'typebox';

/** The key by which events belong together and are waited for; numbers are written out. */
export const eventKey = (): TUnsafe<string | number> =>
  Type.Unsafe<string | number>({ type: ['string', 'number'], minLength: 1, maxLength: 500 });
