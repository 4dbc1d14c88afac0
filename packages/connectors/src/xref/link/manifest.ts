import { configSchema, defaultedField, defineNodeType, optionalField } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { XREF } from '../connector.ts';
import { entityField, idField, systemField } from '../shared-fields.ts';

export const xrefLink = defineNodeType({
  type: 'xref.link',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: XREF,
  title: 'Link ids',
  summary: 'Record that two ids of two systems name the same thing.',
  icon: 'link',
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  line: '{entity} {system} = {toSystem}',
  simulated: { recordId: 'simulated' },
  config: configSchema({
    entity: entityField(),
    system: systemField('System', 'Whose the one id is.', 'shop'),
    id: idField('Id', 'The id there.', '= $trigger.customer.id'),
    toSystem: systemField('Other system', 'Whose the other id is.', 'odoo'),
    toId: idField('Other id', 'The id there.', '= id'),
    name: optionalField(Type.String({ maxLength: 300 }), {
      title: 'Name',
      description: 'What the thing is called, for people who look it up.',
      'x-expression': true,
    }),
    several: defaultedField(Type.Boolean(), false, {
      title: 'Several ids of one system',
      description: 'Allow that one thing has more than one, such as two shop accounts of a customer.',
    }),
  }),
  examples: [
    {
      title: 'The customer that was just made in Odoo',
      config: {
        entity: 'customer',
        system: 'shop',
        id: '= $trigger.customer.id',
        toSystem: 'odoo',
        toId: '= id',
      },
    },
  ],
  docs: `The output is the input. Linking again what is linked changes nothing, and a reservation of the other id ends. Where the ids contradict what is linked
already, the node fails with \`DATA_XREF_CONFLICT\`, which names both sides: an id belongs to one thing, and a thing has one id of each system unless several are
allowed.`,
});
