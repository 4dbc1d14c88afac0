import { configSchema, defineNodeType, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { FLOW } from '../connector.ts';

export const flowCalled = defineNodeType({
  type: 'flow.called',
  typeVersion: 1,
  kind: 'trigger',
  status: 'stable',
  connector: FLOW,
  title: 'Called by a flow',
  summary: 'Start an execution each time another flow calls this one.',
  icon: 'plug-connected',
  handles: { in: [], out: ['out'] },
  effect: 'none',
  line: 'By a Call flow node',
  config: configSchema({
    inputSchema: optionalField(Type.Unsafe<object | boolean>({ type: ['object', 'boolean'] }), {
      title: 'Input',
      description:
        'JSON Schema (2020-12) of what callers should send, for those who call. It is not enforced: a Validate node does that.',
      'x-json-schema': true,
      'x-widget': 'json-schema',
    }),
  }),
  examples: [
    { title: 'Anything', config: {} },
    {
      title: 'An order number',
      config: { inputSchema: { type: 'object', required: ['orderNo'], properties: { orderNo: { type: 'string' } } } },
    },
  ],
  docs: `The output is the payload that the caller sent. A caller who waits gets the answer of a Respond node or else the payload of
the last node, a list of payloads where the flow ended in several.`,
});
