import type { RunNode } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';
import type { xrefReserve } from './manifest.ts';

const MINUTE_MS = 60_000;

export const runXrefReserve: RunNode<typeof xrefReserve> = async (_input, { config, xrefs, emit }) => {
  const { entity, system, toSystem, holdMinutes } = config;
  const id = String(config.id);
  const answer = await xrefs.reserve({ entity, from: { system, id }, toSystem, holdMs: holdMinutes * MINUTE_MS });
  const { recordId } = answer;
  const details = { entity, system, id, toSystem };
  if (answer.kind === 'held') throw new FlowError('REMOTE_XREF_RESERVED', { details: { ...details, reached: false } });
  if (answer.kind !== 'linked') return emit('reserved', { recordId, until: new Date(answer.until).toISOString() });
  const [found, ...others] = answer.ids;
  if (others.length > 0)
    throw new FlowError('DATA_XREF_SEVERAL', { details: { ...details, count: answer.ids.length } });
  emit('linked', { recordId, id: found });
};
