import { configSchema, defineNodeType } from '@crossdock/connector-sdk';
import { XREF } from '../connector.ts';
import { entityField, idField, systemField } from '../shared-fields.ts';

export const xrefRelease = defineNodeType({
  type: 'xref.release',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: XREF,
  title: 'Give id back',
  summary: 'Give back what this execution has reserved and does not make, so that others need not wait.',
  icon: 'link-off',
  handles: { in: ['in'], out: ['out'] },
  effect: 'keyed',
  line: '{entity} {system} → {toSystem}',
  simulated: {},
  config: configSchema({
    entity: entityField(),
    system: systemField('System', 'Whose id is known.', 'shop'),
    id: idField('Id', 'The id there.', '= $trigger.customer.id'),
    toSystem: systemField('In system', 'Where an id was to be made.', 'odoo'),
  }),
  examples: [
    {
      title: 'Odoo refused the customer',
      config: { entity: 'customer', system: 'shop', id: '= $trigger.customer.id', toSystem: 'odoo' },
    },
  ],
  docs: `The output is the input. Only what this execution reserved is given back; where that is nothing, nothing happens. Give back only where it is certain that
nothing was made: after an unclear answer let the reservation end by its time instead.`,
});
