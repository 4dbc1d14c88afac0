import { configSchema, defaultedField, defineNodeType, field } from '@crossdock/connector-sdk';
import { FLOW_ID_PATTERN } from '@crossdock/flow-model';
import { Type } from 'typebox';
import { FLOW } from '../connector.ts';

export const flowCall = defineNodeType({
  type: 'flow.call',
  typeVersion: 1,
  kind: 'action',
  status: 'stable',
  connector: FLOW,
  title: 'Call flow',
  summary: 'Start another flow, and wait for its result or not.',
  icon: 'route',
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  control: 'call',
  line: '{flowId}',
  simulated: { simulated: true },
  errors: ['CONFIG_FLOW_NOT_DEPLOYED', 'DATA_HOPS', 'RUN_CHILD_FAILED'],
  config: configSchema({
    flowId: field(Type.String({ pattern: FLOW_ID_PATTERN }), {
      title: 'Flow',
      description:
        'Id of the flow to call. It must be deployed in the same environment and have a "Called by a flow" trigger.',
      'x-format': 'flow',
    }),
    payload: defaultedField(Type.Unknown(), '= $', {
      title: 'Payload',
      description: 'What the flow gets; "= $" sends the payload.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    wait: defaultedField(Type.Boolean(), true, {
      title: 'Wait for the result',
      description: 'On: go on with what the flow ended with. Off: go on at once with {"executionId": …}.',
    }),
  }),
  examples: [
    { title: 'Use the result', config: { flowId: 'find-customer', payload: "= { 'email': customer.email }" } },
    { title: 'Start and go on', config: { flowId: 'notify-sales', wait: false } },
  ],
  docs: `The called flow runs as an execution of its own, linked to this one, on the revision that is deployed when the call is made. It is
started once, however often the call is repeated.

With *Wait for the result* the output is the answer of its Respond node, else the payload of its last node (a list of payloads where it
ended in several); when it fails or is cancelled, this node fails with \`RUN_CHILD_FAILED\`. Flows may call one another 32 levels deep.`,
});
