import type { Party } from '../events/schema-parts.ts';

/** Everything that a party is called: its ids in every system, its GLN and its name. */
export const partyNames = ({ ids = [], gln, name }: Party): string[] =>
  [...ids.map(({ id }) => id), gln, name].filter((one) => one !== undefined);
