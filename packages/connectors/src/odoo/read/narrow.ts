import type { ConfigOf, NarrowAnswer } from '@crossdock/connector-sdk';
import { recordsOf } from '../values/records-of.ts';
import type { odooRead } from './manifest.ts';

/** Leaves records that have an id, where all have, in the order of the ids asked for; ids without a record are missing where that is allowed. */
export const narrowOdooRead: NarrowAnswer<ConfigOf<typeof odooRead>> = (output, { config: { ids, onMissing } }) => {
  const records = recordsOf(output);
  if (!records || records.length === 0 || records.some(({ id }) => typeof id !== 'number')) return output;
  const found = ids.map((id) => records.find((record) => record.id === id)).filter((one) => one !== undefined);
  const absent = ids.filter((wanted) => !found.some(({ id }) => id === wanted));
  return { ...(output as object), records: found, ...(onMissing === 'skip' ? { missing: absent } : {}) };
};
