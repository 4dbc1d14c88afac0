import type { RunNode } from '@crossdock/connector-sdk';
import type { switchNode } from './manifest.ts';

export const runSwitch: RunNode<typeof switchNode> = async (input, { config, evaluate, emit }) => {
  for (const { id, condition } of config.cases) {
    if (holds(await evaluate(condition, input))) return emit(id, input);
  }
  emit('otherwise', input);
};

/** As JSONata's `$boolean`: nothing, null, 0, "" and empty lists and objects are false, a list is true where one of its items is. */
function holds(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holds);
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}
