import { entry, type FunctionEntry, failsWith, gives, givesFor } from './entry.ts';

const SCALE = 'digits behind the point, from 0 to 100';
const ROUNDING = '"half-up" (by default: halves away from zero, as invoices do), "half-even", "up" or "down"';

/** Crossdock's own. */
export const ownEntries: readonly FunctionEntry[] = [
  entry(
    'array(value: any): any[]',
    'Always a list: of no element for nothing, of one for a single value. It does not collapse, so targets that expect a list get one.',
    {},
    givesFor({ lines: { sku: 'A-1' } }, '{"lines": $array(lines)}', { lines: [{ sku: 'A-1' }] }),
    givesFor({}, '{"lines": $array(lines)}', { lines: [] }),
    givesFor({ lines: [{ sku: 'A-1' }, { sku: 'A-2' }] }, '$array(lines[sku = "A-2"].sku)', ['A-2']),
  ),
  entry(
    'uuid(name?: string): string',
    'A UUID: with a name always the one of that name (version 5), without a random one (version 4) that stays the same when an execution is repeated.',
    { name: 'what the id is made from, such as "orders/" & number' },
    gives('$uuid("orders/4711")', 'd8109805-82f0-5b0d-a36f-768ba9418db3'),
    gives('$length($uuid())', 36),
  ),
  entry(
    'hash(value: any, algorithm?: string): string',
    'A hash in hexadecimal digits: of a text its UTF-8 bytes, of other data its JSON with sorted keys. Not for passwords.',
    { algorithm: '"sha256" (by default), "sha512", "sha1" or "md5"' },
    gives('$hash("abc")', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'),
    gives('$hash({"b": 1, "a": 2}) = $hash({"a": 2, "b": 1})', true),
    gives('$hash("abc", "md5")', '900150983cd24fb0d6963f7d28e17f72'),
  ),
  entry(
    'decimal(-value: any, scale?: number, rounding?: string): string',
    'The exact decimal number as text, in plain notation; with a scale, rounded to exactly so many digits.',
    { value: 'a text such as "1234.50", or a number', scale: SCALE, rounding: ROUNDING },
    gives('$decimal("1.005", 2)', '1.01'),
    gives('$decimal(12.5, 2)', '12.50'),
    gives('$decimal("0012.500")', '12.5'),
    gives('$decimal("2.5", 0, "half-even")', '2'),
    failsWith('$decimal("12,50")', 'D4020'),
  ),
  entry(
    'decimalAdd(a: any, b: any): string',
    'The exact sum of two decimal numbers.',
    {},
    gives('$decimalAdd("0.1", 0.2)', '0.3'),
  ),
  entry(
    'decimalSubtract(a: any, b: any): string',
    'The exact difference of two decimal numbers.',
    {},
    gives('$decimalSubtract("10.00", "0.01")', '9.99'),
  ),
  entry(
    'decimalMultiply(a: any, b: any): string',
    'The exact product of two decimal numbers.',
    {},
    gives('$decimalMultiply("19.99", 3)', '59.97'),
    gives('$decimal($decimalMultiply("59.97", "0.19"), 2)', '11.39'),
  ),
  entry(
    'decimalDivide(dividend: any, divisor: any, scale?: number, rounding?: string): string',
    'The quotient of two decimal numbers, rounded, as it need not end.',
    { scale: `${SCALE}; up to 6 where it is left out`, rounding: ROUNDING },
    gives('$decimalDivide("100.00", 3, 2)', '33.33'),
    gives('$decimalDivide(1, 8)', '0.125'),
    failsWith('$decimalDivide(1, 0)', 'D4023'),
  ),
  entry(
    'decimalSum(values: any[]): string',
    'The exact sum of a list of decimal numbers; "0" for an empty list.',
    {},
    givesFor({ lines: [{ amount: '0.10' }, { amount: '0.20' }, { amount: 12 }] }, '$decimalSum(lines.amount)', '12.3'),
  ),
  entry(
    'decimalCompare(a: any, b: any): number',
    '-1, 0 or 1, as the first decimal number is less than, equal to or greater than the second.',
    {},
    gives('$decimalCompare("10.00", "10")', 0),
    gives('$decimalCompare("9.99", 10)', -1),
  ),
  entry(
    'isoDate(-value: any, options?: object): string',
    'A date or a time in ISO 8601: dates as they are, times in UTC. Reads ISO 8601 with and without dashes, DD.MM.YYYY, YYYYMMDD, and seconds or milliseconds since 1970; fails where more than one reading is possible.',
    {
      value: 'a text or a number',
      options:
        '"zone" of times that name none ("Z", "+01:00", "Europe/Berlin"); "format" as a picture, such as "[Y01][M01][D01]"; a year of two digits lies from 1970 to 2069',
    },
    gives('$isoDate("24.11.2026")', '2026-11-24'),
    gives('$isoDate("20261124")', '2026-11-24'),
    gives('$isoDate(1795511643)', '2026-11-24T09:14:03.000Z'),
    gives('$isoDate("2026-11-24T10:14:03+01:00")', '2026-11-24T09:14:03.000Z'),
    gives('$isoDate("2026-11-24 10:14", {"zone": "Europe/Berlin"})', '2026-11-24T09:14:00.000Z'),
    gives('$isoDate("261124", {"format": "[Y01][M01][D01]"})', '2026-11-24'),
    failsWith('$isoDate("02/03/2026")', 'D4041'),
    failsWith('$isoDate("2026-11-24T10:14:03")', 'D4044'),
  ),
  entry(
    'ref(table: string, key: any, default?: any): any',
    'The value under a key in a table of reference data; nothing where there is none. Look-ups of one mapping are made together, each once.',
    { key: 'a text or a number', default: 'what it gives instead of nothing' },
    givesFor({ uom: 'EA' }, '$ref("units", uom)', 'PCE'),
    gives('$ref("units", "??", "unknown")', 'unknown'),
  ),
  entry(
    'xref(entity: string, system: string, id: any, toSystem: string, default?: any): any',
    'The id that a thing has in another system, as the page Cross-references has it. Where it has none, the mapping fails with DATA_XREF_MISSING, or gives the default. Look-ups of one mapping are made together, and stay as they were for the rest of the execution.',
    {
      entity: 'what the thing is, such as "customer" or "product"',
      system: 'whose id it is, such as "shop"',
      id: 'a text or a number; nothing for nothing',
      toSystem: 'the system whose id is wanted, such as "odoo"',
      default: 'what it gives instead of failing, such as null',
    },
    givesFor({ customer: { id: 12 } }, '$xref("customer", "shop", customer.id, "odoo")', '7'),
    gives('$xref("customer", "shop", "99", "odoo", null)', null),
    failsWith('$xref("customer", "shop", "99", "odoo")', 'DATA_XREF_MISSING'),
  ),
];
