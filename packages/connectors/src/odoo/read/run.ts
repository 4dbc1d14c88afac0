import type { RunNode } from '@crossdock/connector-sdk';
import { openClient } from '../open-client.ts';
import { knownModel } from '../values/known-model.ts';
import { missingRecords, readRecords } from '../values/records.ts';
import type { odooRead } from './manifest.ts';

export const runOdooRead: RunNode<typeof odooRead> = async (_input, context) => {
  const { model, ids, fields, onMissing, context: added } = context.config;
  const { connection, client } = await openClient(context);
  const known = await knownModel(connection, client, model);
  const records = await readRecords(client, known, { ids, fields, ...(added ? { context: added } : {}) });
  const found = new Set(records.map(({ id }) => id));
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length > 0 && onMissing === 'fail') throw missingRecords(connection, model, missing);
  context.emit('out', { records, missing });
};
