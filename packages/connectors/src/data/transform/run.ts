import type { RunNode } from '@crossdock/connector-sdk';
import type { transform } from './manifest.ts';

export const runTransform: RunNode<typeof transform> = async (input, { config, evaluate, emit }) => {
  const result = await evaluate(config.mapping, input);
  emit('out', result ?? null);
};
