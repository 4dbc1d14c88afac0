import type { RunNode } from '@crossdock/connector-sdk';
import type { respond } from './manifest.ts';

export const runRespond: RunNode<typeof respond> = async (input, { config, reply, emit }) => {
  const headers = Object.entries(config.headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  await reply({ status: config.status, headers: Object.fromEntries(headers), body: config.body ?? null });
  emit('out', input);
};
