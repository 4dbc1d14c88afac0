import type { RunNode } from '@crossdock/connector-sdk';
import { openClient } from '../open-client.ts';
import { serverDomain } from '../values/domain.ts';
import { knownModel } from '../values/known-model.ts';
import { readRecords } from '../values/records.ts';
import type { odooSearch } from './manifest.ts';

export const runOdooSearch: RunNode<typeof odooSearch> = async (input, context) => {
  const { config } = context;
  const { connection, client } = await openClient(context);
  const known = await knownModel(connection, client, config.model);
  const more = config.context ? { context: config.context } : {};
  const domain = serverDomain(await context.evaluate(config.domain, input), known);
  const ids = (await client.call({
    model: known.serverModel,
    method: 'search',
    // One more than wanted tells whether there are others.
    args: { domain, order: config.order, limit: config.limit + 1 },
    ...more,
  })) as number[];
  const wanted = ids.slice(0, config.limit);
  const records = await readRecords(client, known, { ids: wanted, fields: config.fields, ...more });
  context.emit('out', { records, more: ids.length > config.limit });
};
