import type { RunNode } from '@crossdock/connector-sdk';
import { openClient } from '../open-client.ts';
import type { odooCall } from './manifest.ts';

export const runOdooCall: RunNode<typeof odooCall> = async (_input, context) => {
  const { model, method, ids, args, context: added } = context.config;
  const { client } = await openClient(context);
  const result = await client.call({
    ...{ model, method, args },
    ...(ids === undefined ? {} : { ids }),
    ...(added === undefined ? {} : { context: added }),
  });
  context.emit('out', { result });
};
