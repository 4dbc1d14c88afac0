import { configSchema, defineNodeType, field } from '@crossdock/connector-sdk';
import { type TUnsafe, Type } from 'typebox';
import { CONTROL } from '../connector.ts';

/** One way out of a switch. */
export interface SwitchCase {
  /** Names the handle; edges point to it. */
  id: string;
  name?: string;
  /** JSONata on the payload; the case is taken when the result is true as JSONata's `$boolean` has it. */
  condition: string;
}

export const switchNode = defineNodeType({
  type: 'switch',
  typeVersion: 1,
  kind: 'control',
  status: 'stable',
  connector: CONTROL,
  title: 'Switch',
  summary: 'Send each message along the first case whose condition holds.',
  icon: 'arrows-split-2',
  handles: { in: ['in'], out: ['otherwise'], outPerItemOf: 'cases' },
  effect: 'none',
  line: '{cases} cases',
  config: configSchema({
    cases: field(
      Type.Unsafe({
        type: 'array',
        minItems: 1,
        maxItems: 50,
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['id', 'condition'],
          properties: {
            id: {
              type: 'string',
              pattern: '^[A-Za-z0-9_-]{1,64}$',
              not: { enum: ['in', 'out', 'error', 'otherwise'] },
              title: 'Id',
              description: 'Names the handle that the case leaves by. Edges point to it, so it should not change.',
            },
            name: { type: 'string', maxLength: 80, title: 'Name', description: 'Shown beside the handle.' },
            condition: {
              type: 'string',
              minLength: 1,
              maxLength: 20_000,
              title: 'Condition',
              description: 'JSONata on the payload that arrives.',
              'x-mapping': true,
              'x-widget': 'jsonata',
            },
          },
        },
      }) as TUnsafe<SwitchCase[]>,
      {
        title: 'Cases',
        description: 'Tried from top to bottom; the first one that holds is taken, else "otherwise".',
        'x-widget': 'cases',
      },
    ),
  }),
  examples: [
    {
      title: 'By country',
      config: {
        cases: [
          { id: 'us', name: 'United States', condition: "shipTo.country = 'US'" },
          { id: 'eu', name: 'Europe', condition: "shipTo.country in ['DE', 'FR', 'NL']" },
        ],
      },
    },
  ],
  docs: `The payload is handed on unchanged and leaves by exactly one handle. As in JSONata, nothing, \`false\`, \`0\`, \`""\`, \`null\` and empty
lists and objects count as false.`,
});
