import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import { modelOn } from '../client/dialect.ts';
import { modelFields } from '../client/model-fields.ts';
import { remoteOf } from '../client/post-json.ts';
import { openClient } from '../open-client.ts';
import { loadTable } from './load-table.ts';
import type { odooUpsert } from './manifest.ts';
import { keyFinder } from './record-keys.ts';

/** What `load` answers: without ids it has changed nothing. */
interface Loaded {
  readonly ids: readonly number[] | false;
  readonly messages: readonly { readonly message?: string; readonly field?: string }[];
}

export const runOdooUpsert: RunNode<typeof odooUpsert> = async (_input, context) => {
  const { model, externalId, values, context: added } = context.config;
  const { connection, client } = await openClient(context);
  const serverModel = modelOn(client.major, model);
  const table = await loadTable(
    { model, serverModel, externalId, values },
    {
      remote: remoteOf(connection),
      find: keyFinder(connection, client),
      fieldsOf: (one) => modelFields(connection, client, one),
    },
  );
  const { ids, messages } = (await client.call({
    ...{ model: serverModel, method: 'load', args: { ...table } },
    // `load` reads times in this zone.
    context: { ...added, tz: 'UTC' },
  })) as Loaded;
  const [id] = ids || [];
  if (id === undefined) {
    const said = messages.map(({ message, field }) => (field ? `${field}: ${message}` : `${message}`));
    const reason = said.join(' ').slice(0, 1000) || 'it gives no reason';
    const details = { remote: remoteOf(connection), call: `${model}/load`, reason };
    throw new FlowError('REMOTE_ODOO_RULE', { details });
  }
  context.emit('out', { id });
};
