import type { RunNode } from '@crossdock/connector-sdk';
import type { xrefLink } from './manifest.ts';

export const runXrefLink: RunNode<typeof xrefLink> = async (input, { config, xrefs, emit }) => {
  const { entity, system, id, toSystem, toId, name, several } = config;
  const named = name === undefined ? {} : { name };
  const ids = [
    { system, id: String(id), ...named },
    { system: toSystem, id: String(toId), ...named },
  ];
  await xrefs.link({ entity, ids, several });
  emit('out', input);
};
