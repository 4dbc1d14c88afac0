import { configSchema, defineNodeType, field } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { DATA } from '../connector.ts';

export const transform = defineNodeType({
  type: 'transform',
  typeVersion: 1,
  kind: 'transform',
  status: 'stable',
  connector: DATA,
  title: 'Transform',
  summary: 'Make a new payload with a JSONata mapping.',
  icon: 'transform',
  handles: { in: ['in'], out: ['out'] },
  effect: 'none',
  line: '{mapping}',
  config: configSchema({
    mapping: field(Type.String({ minLength: 1, maxLength: 200_000 }), {
      title: 'Mapping',
      description: 'JSONata. $ is the payload that arrives; the result is the payload that leaves.',
      'x-mapping': true,
      'x-widget': 'jsonata',
    }),
  }),
  examples: [
    {
      title: 'Order with its lines',
      config: { mapping: "{ 'orderNo': name, 'lines': [line_items.{ 'sku': sku, 'qty': quantity }] }" },
    },
    { title: 'Hand on what a former node got', config: { mapping: '$nodes.order' } },
  ],
  docs: `Besides \`$\` (the payload) a mapping sees \`$trigger\` (what started the execution), \`$nodes.<id>\` (the output of another node),
\`$vars\` (variables of the environment) and \`$meta\` (\`executionId, flowId, revision, env, nodeId, attempt, receivedAt, headers, key\`).

- A path over an array gives one value where there is one element. Put \`[ … ]\` around it where the result must always be a list.
- A result of nothing leaves as \`null\`.
- Regular expressions give what JavaScript gives, in time linear in the text; one with look-around or back-references that may take long runs in a thread which is ended at the time limit.
- A mapping that runs for longer than a second, nests too deep or grows too large ends with \`DATA_MAPPING_LIMIT\`.`,
});
