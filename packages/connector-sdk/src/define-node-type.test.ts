import { Type } from 'typebox';
import { describe, expectTypeOf, test } from 'vitest';
import { choice, configSchema, defaultedField, field } from './config-schema.ts';
import { type ConfigOf, defineNodeType, type RunNode, type RunnersFor } from './define-node-type.ts';

const said = { title: 'T', description: 'D.' };
const common = {
  typeVersion: 1,
  status: 'stable',
  connector: 'Test',
  title: '',
  summary: '',
  icon: 'bolt',
  line: '',
  effect: 'none',
  examples: [],
} as const;
const none = configSchema({});

const trigger = defineNodeType({
  ...common,
  type: 'x.trigger',
  kind: 'trigger',
  handles: { in: [], out: ['out'] },
  config: none,
});
const action = defineNodeType({
  ...common,
  type: 'x.action',
  kind: 'action',
  handles: { in: ['in'], out: ['out'] },
  config: configSchema({ url: field(Type.String(), said), size: defaultedField(Type.Integer(), 1, said) }),
});
const stop = defineNodeType({
  ...common,
  type: 'x.stop',
  kind: 'control',
  control: 'stop',
  handles: { in: ['in'], out: [] },
  config: configSchema({ as: defaultedField(choice('succeeded', 'failed'), 'failed', said) }),
});

describe('the types of a node type', () => {
  test('give the runner its config with defaults filled, and its handles', () => {
    expectTypeOf<ConfigOf<typeof action>>().toExtend<{ url: string; size: number }>();
    expectTypeOf<Parameters<Parameters<RunNode<typeof action>>[1]['emit']>[0]>().toEqualTypeOf<'out'>();
  });

  test('ask for a runner of each node type but triggers and those that the engine works at', () => {
    expectTypeOf<keyof RunnersFor<readonly [typeof trigger, typeof action, typeof stop]>>().toEqualTypeOf<'x.action'>();
  });

  test('refuse a config that the engine could not read', () => {
    defineNodeType({
      ...common,
      type: 'x.stop',
      kind: 'control',
      control: 'stop',
      handles: { in: ['in'], out: [] },
      // @ts-expect-error: "as" cannot be "done"
      config: configSchema({ as: defaultedField(choice('succeeded', 'done'), 'done', said) }),
    });
    defineNodeType({
      ...common,
      type: 'x.stop',
      kind: 'control',
      control: 'stop',
      handles: { in: ['in'], out: [] },
      // @ts-expect-error: without a default "as" may be missing
      config: configSchema({ as: Type.Optional(field(choice('succeeded', 'failed'), said)) }),
    });
  });
});
