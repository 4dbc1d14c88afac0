import { choice, configSchema, defaultedField, defineNodeType, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { CONTROL } from '../connector.ts';
import { LONGEST_WAIT_MS } from '../longest-wait.ts';

export const join = defineNodeType({
  type: 'join',
  typeVersion: 1,
  kind: 'control',
  status: 'stable',
  connector: CONTROL,
  title: 'Join',
  summary: 'Bring branches together into one message.',
  icon: 'arrow-merge',
  handles: { in: ['in'], out: ['out'] },
  effect: 'none',
  control: 'join',
  line: '{mode}, at most {timeoutMs} | {mode}, as {as}',
  config: configSchema({
    mode: defaultedField(choice('all', 'first'), 'all', {
      title: 'Go on with',
      description: 'With the first branch to arrive, the others are dropped.',
      'x-labels': { all: 'All branches that still run', first: 'The first branch to arrive' },
    }),
    as: defaultedField(choice('list', 'object'), 'list', {
      title: 'Output',
      description:
        'A list has the payloads in the order of the branches, an object by the id of the node that each came from.',
      'x-labels': { list: 'A list', object: 'An object' },
    }),
    timeoutMs: optionalField(Type.Integer({ minimum: 1, maximum: LONGEST_WAIT_MS }), {
      title: 'At most',
      description: 'How long to wait after the first arrival. Left out, only the time limit of the flow ends the wait.',
    }),
    onTimeout: defaultedField(choice('fail', 'continue'), 'fail', {
      title: 'When the time is up',
      description: 'Whether the node fails then, or continues with what has arrived.',
      'x-labels': { fail: 'Fail', continue: 'Continue with what has arrived' },
    }),
  }),
  examples: [
    { title: 'Wait for all branches', config: { mode: 'all', as: 'list' } },
    {
      title: 'By branch, with what is there after a minute',
      config: { as: 'object', timeoutMs: 60_000, onTimeout: 'continue' },
    },
    { title: 'The fastest answer', config: { mode: 'first' } },
  ],
  docs: `Without a join, a node that several edges lead to runs once for each message that arrives. A join runs once: it waits until nothing
before it is still under way, so branches that a switch did not take are not waited for. With *first* the output is a list or
object of one.`,
});
