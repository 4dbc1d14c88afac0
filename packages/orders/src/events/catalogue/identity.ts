import Type from 'typebox';
import { defineEvent } from '../define-event.ts';
import { maybe, oneOf, record, statement, text } from '../schema-parts.ts';

export const ENTITIES = [
  'order',
  'order_line',
  'shipment',
  'package',
  'invoice',
  'return',
  'product',
  'partner',
  'location',
  'uom',
  'carrier',
  'tax_code',
] as const;
export type Entity = (typeof ENTITIES)[number];

const link = {
  entity: oneOf(ENTITIES),
  keys: Type.Unsafe<[string, string]>({
    type: 'array',
    items: text('A canonical key, or the key of a reference: system:type:scope:id.'),
    minItems: 2,
    maxItems: 2,
    uniqueItems: true,
  }),
  origin: maybe(oneOf(['rule', 'user', 'import', 'suggestion'], 'Who found it.')),
  reason: maybe(text()),
  ...statement,
} as const;

export const xrefLinked = defineEvent({
  name: 'xref.linked',
  group: 'Identity',
  summary: 'Two keys name the same thing.',
  data: record(link),
  example: { entity: 'shipment', keys: ['shp_01JD9', 'odoo:stock.picking::7'], origin: 'rule' },
});

export const xrefUnlinked = defineEvent({
  name: 'xref.unlinked',
  group: 'Identity',
  summary: 'Two keys were linked by mistake.',
  data: record(link),
  example: { entity: 'shipment', keys: ['shp_01JD9', 'odoo:stock.picking::7'], rev: 1, origin: 'user' },
});

export const entityMerged = defineEvent({
  name: 'entity.merged',
  group: 'Identity',
  summary: 'Two canonical keys turned out to be one thing, on purpose.',
  data: record({
    entity: oneOf(ENTITIES),
    from: text('Canonical key that is used no more.'),
    into: text('Canonical key that stands for both.'),
    reason: maybe(text()),
    ...statement,
  }),
  example: { entity: 'shipment', from: 'shp_01JE5', into: 'shp_01JD9', reason: 'Same truck told twice' },
});
