import type { RunNode } from '@crossdock/connector-sdk';
import type { switchNode } from './manifest.ts';

export const runSwitch: RunNode<typeof switchNode> = async (input, { config, evaluate, emit }) => {
  for (const { id, condition } of config.cases) {
    // `$boolean` and not JavaScript's truth: an empty list or object is false in JSONata.
    if ((await evaluate(`$boolean((${condition}\n))`, input)) === true) return emit(id, input);
  }
  emit('otherwise', input);
};
