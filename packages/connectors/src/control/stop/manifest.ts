import { choice, configSchema, defaultedField, defineNodeType, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { CONTROL } from '../connector.ts';

export const stop = defineNodeType({
  type: 'stop',
  typeVersion: 1,
  kind: 'control',
  status: 'stable',
  connector: CONTROL,
  title: 'Stop',
  summary: 'End the execution here, as a success or a failure.',
  icon: 'player-stop',
  handles: { in: ['in'], out: [] },
  effect: 'none',
  control: 'stop',
  line: '{as}: {reason} | {as}',
  errors: ['RUN_STOPPED'],
  config: configSchema({
    as: defaultedField(choice('succeeded', 'failed'), 'succeeded', {
      title: 'As',
      description:
        'Succeeded: nothing is wrong, there is only nothing more to do. Failed: a person should look into it.',
      'x-labels': { succeeded: 'Succeeded', failed: 'Failed' },
    }),
    reason: optionalField(Type.String({ minLength: 1, maxLength: 2000 }), {
      title: 'Reason',
      description: 'What the person who looks at the execution should know.',
      examples: ["= 'no price for ' & sku"],
      'x-expression': true,
    }),
  }),
  examples: [
    { title: 'Nothing to do', config: { as: 'succeeded', reason: 'the order was cancelled in the shop' } },
    { title: 'Give up', config: { as: 'failed', reason: "= 'no price for ' & sku" } },
  ],
  docs: `The whole execution ends, other branches with it. As *failed* it ends with \`RUN_STOPPED\`, becomes a dead letter, and effects
that name a compensating node are undone.`,
});
