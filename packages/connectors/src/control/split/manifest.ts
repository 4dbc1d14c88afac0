import { choice, configSchema, defaultedField, defineNodeType } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { CONTROL } from '../connector.ts';

export const split = defineNodeType({
  type: 'split',
  typeVersion: 1,
  kind: 'control',
  status: 'stable',
  connector: CONTROL,
  title: 'Split',
  summary: 'Work on each item of a list, then go on with all results.',
  icon: 'arrow-fork',
  handles: { in: ['in'], out: ['each', 'done'] },
  effect: 'none',
  control: 'split',
  line: '{items}',
  errors: ['DATA_SPLIT'],
  config: configSchema({
    items: defaultedField(Type.Unknown(), '= $', {
      title: 'Items',
      description: 'The list, 10,000 items at most. "= $" takes the payload itself, "= lines" its field lines.',
      'x-expression': true,
      'x-widget': 'json',
    }),
    onItemError: defaultedField(choice('stop', 'collect'), 'stop', {
      title: 'When an item fails',
      description:
        'To stop is to fail. Where errors are collected, its place in the results holds {"error": …} and the others go on.',
      'x-labels': { stop: 'Stop the split', collect: 'Collect the error' },
    }),
  }),
  examples: [
    { title: 'The lines of an order', config: { items: '= lines' } },
    { title: 'Every item whatever happens to others', config: { items: '= $', onItemError: 'collect' } },
  ],
  docs: `Each item leaves by \`each\`; what lies behind it runs once for each, with \`$meta.item.index\` (from 0) and \`$meta.item.count\`. When all
have ended, \`done\` gets the list of what they ended with, in the order of the items: the payload of the last node, a list of payloads where
an item ended in several, \`null\` where it ended in none.

Up to 50 items run inside the execution, more become executions of their own, which the list of executions shows. The nodes behind
\`each\` belong to the split: no edge may lead to them from elsewhere. A split may stand inside another.`,
});
