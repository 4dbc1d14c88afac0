import type { RunNode } from '@crossdock/connector-sdk';
import type { xrefRelease } from './manifest.ts';

export const runXrefRelease: RunNode<typeof xrefRelease> = async (input, { config, xrefs, emit }) => {
  const { entity, system, id, toSystem } = config;
  await xrefs.release({ entity, from: { system, id: String(id) }, toSystem });
  emit('out', input);
};
