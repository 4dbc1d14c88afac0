import { configSchema, defaultedField, defineNodeType } from '@crossdock/connector-sdk';
import { Type } from 'typebox';
import { XREF } from '../connector.ts';
import { entityField, idField, systemField } from '../shared-fields.ts';

export const xrefReserve = defineNodeType({
  type: 'xref.reserve',
  typeVersion: 1,
  kind: 'action',
  status: 'beta',
  connector: XREF,
  title: 'Reserve id',
  summary: 'Look an id up in another system, or reserve making it, so that no two executions make it.',
  icon: 'link-plus',
  handles: { in: ['in'], out: ['reserved', 'linked'] },
  effect: 'keyed',
  line: '{entity} {system} → {toSystem}',
  simulated: { recordId: 'simulated', until: '2026-01-01T00:00:00.000Z' },
  config: configSchema({
    entity: entityField(),
    system: systemField('System', 'Whose id is known.', 'shop'),
    id: idField('Id', 'The id there.', '= customer.id'),
    toSystem: systemField('In system', 'Where an id is wanted.', 'odoo'),
    holdMinutes: defaultedField(Type.Integer({ minimum: 1, maximum: 1440 }), 15, {
      title: 'Hold for',
      description: 'In minutes. Longer than making the id takes; after that, others may make it.',
    }),
  }),
  examples: [
    {
      title: 'A customer of the shop, to be made in Odoo',
      config: { entity: 'customer', system: 'shop', id: '= customer.id', toSystem: 'odoo' },
    },
  ],
  docs: `By \`linked\` the output is \`{recordId, id}\` with the id that there is. By \`reserved\` it is \`{recordId, until}\`: make the thing in that system, then link
its id with "Link ids". Lead errors of what makes it to "Give id back".

While another execution has it reserved, the node fails with \`REMOTE_XREF_RESERVED\` and is tried again by its retry policy. The same node of the same
execution gets its reservation again on every attempt, after a crash and in a replay with the same keys. \`recordId\` stays the same whoever reserves it: where it
is also the external id in the other system, even a reservation that ended too early makes nothing twice.`,
});
