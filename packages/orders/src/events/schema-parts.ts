import Type, { type Static, type TSchema } from 'typebox';

/** Objects of an event take no other fields than their own, so that a misspelt one is found. */
export const record = <Fields extends Record<string, TSchema>>(fields: Fields, description?: string) =>
  Type.Object(fields, { additionalProperties: false, ...(description === undefined ? {} : { description }) });

export const oneOf = <const Word extends string>(words: readonly Word[], description?: string) =>
  Type.Unsafe<Word>({ type: 'string', enum: [...words], ...(description === undefined ? {} : { description }) });

export const text = (description?: string, maxLength = 500) =>
  Type.String({ minLength: 1, maxLength, ...(description === undefined ? {} : { description }) });

export const moment = (description?: string) =>
  Type.String({ format: 'date-time', ...(description === undefined ? {} : { description }) });

/** May be left out. */
export const maybe = Type.Optional;

/** Exact decimals on the wire: texts, since JSON's numbers are not exact. */
export const decimal = Type.String({
  title: 'Decimal',
  pattern: '^-?\\d{1,15}(\\.\\d{1,6})?$',
  'x-pattern-reason':
    'must be a decimal written as text, such as "1234.50", with at most 15 digits before the point and 6 behind it',
});

const notNegative = Type.String({
  title: 'Quantity value',
  pattern: '^\\d{1,15}(\\.\\d{1,6})?$',
  'x-pattern-reason': 'must be a quantity written as text and not negative, such as "12" or "0.5"',
});

/** What multiplies: more than zero. */
export const factor = Type.String({
  title: 'Factor',
  pattern: '^(?=.*[1-9])\\d{1,15}(\\.\\d{1,6})?$',
  'x-pattern-reason': 'must be a factor written as text and more than zero, such as "12" or "0.5"',
});

export const money = Type.Object(
  {
    amount: decimal,
    currency: Type.String({ pattern: '^[A-Z]{3}$', 'x-pattern-reason': 'must be a currency code such as "EUR"' }),
  },
  { title: 'Money', additionalProperties: false },
);

export const quantity = Type.Object(
  {
    value: notNegative,
    uom: text('Unit of measure, as the source says it.', 40),
    base: maybe(Type.String({ ...notNegative, description: 'The same in the base unit of the ordered line.' })),
    baseUom: maybe(text('Base unit of the ordered line.', 40)),
  },
  { title: 'Quantity', additionalProperties: false },
);

export const ref = Type.Object(
  {
    system: text('Name of the connected system.', 64),
    type: text('What it is there, such as sale.order.', 100),
    id: text('Its id there, as text.'),
    scope: maybe(text('Partner, warehouse or company in which the id is unique.', 100)),
  },
  { title: 'Reference', additionalProperties: false },
);

export const item = Type.Object(
  {
    sku: maybe(text()),
    gtin: maybe(text()),
    buyerSku: maybe(text()),
    vendorSku: maybe(text()),
    description: maybe(text()),
    lot: maybe(text()),
    serials: maybe(Type.Array(text(), { maxItems: 10_000 })),
  },
  { title: 'Item', additionalProperties: false },
);

const address = record({
  lines: maybe(Type.Array(text(), { maxItems: 6 })),
  city: maybe(text()),
  region: maybe(text()),
  postalCode: maybe(text()),
  country: maybe(
    Type.String({ pattern: '^[A-Z]{2}$', 'x-pattern-reason': 'must be a country code of two letters such as "DE"' }),
  ),
});

export const party = Type.Object(
  {
    role: oneOf(['buyer', 'bill_to', 'ship_to', 'ship_from', 'seller', 'supplier', 'carrier', 'mark_for']),
    ids: maybe(Type.Array(ref, { maxItems: 50 })),
    gln: maybe(text()),
    name: maybe(text()),
    address: maybe(address),
  },
  { title: 'Party', additionalProperties: false },
);

export const PATHS = ['stock', 'dropship', 'crossdock', 'transfer'] as const;
export type FulfilmentPath = (typeof PATHS)[number];
export const path = oneOf(PATHS, 'Where the goods come from.');

/** What kind of system says something; decides between statements of the same revision and time. */
export const REPORTERS = [
  'channel',
  'crm',
  'erp',
  'wms',
  'carrier',
  'finance',
  'supplier',
  'person',
  'platform',
] as const;
export type Reporter = (typeof REPORTERS)[number];
export const reportedBy = oneOf(REPORTERS, 'Kind of system that says so; by it one of two equal statements wins.');

export const revision = Type.Integer({ minimum: 0, description: 'Revision at the source; a higher one replaces.' });

/** Where the raw payload is kept. */
export const evidence = Type.Object(
  { ...ref.properties, dataref: maybe(text('Address of the raw payload.', 2000)) },
  { title: 'Evidence', additionalProperties: false },
);

/** What every statement about an order may carry. */
export const statement = {
  rev: maybe(revision),
  reportedBy: maybe(reportedBy),
  evidence: maybe(evidence),
} as const;

/** Parts that many events are made of; published once each, under their titles. */
export const sharedParts = [decimal, notNegative, factor, money, quantity, ref, item, party, evidence] as const;

export type Quantity = Static<typeof quantity>;
export type Money = Static<typeof money>;
export type Ref = Static<typeof ref>;
export type Item = Static<typeof item>;
export type Party = Static<typeof party>;
export type Evidence = Static<typeof evidence>;
