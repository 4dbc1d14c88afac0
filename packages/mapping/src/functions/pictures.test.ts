import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { callNative, callReference, plainRun } from '../testing/native-call.ts';

const RUNS = { numRuns: Number(process.env.FUNCTION_RUNS ?? 200) };

/** What a text does not say of a date comes from the present. */
const NOW = Date.UTC(2026, 1, 28, 23, 59, 58, 7);

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW });
});
afterAll(() => {
  vi.useRealTimers();
});

async function expectSame(name: string, args: readonly unknown[]): Promise<void> {
  const ours = callNative(name, args, undefined, plainRun({ nowMs: NOW }));
  const reference = await callReference(name, args);
  // Where its recursion is too deep there is no answer to be equal to.
  if ('thrown' in reference && reference.thrown === 'RangeError') return;
  if (!isDeepStrictEqual(ours, reference))
    expect({ name, args, ended: ours }).toEqual({ name, args, ended: reference });
}

const number = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }),
  fc.integer(),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Number(value.toFixed(4))),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 0.5, 1.5, 0.125, 999.995, 1e15, 123456789.125, 1e21, 1e-9),
);
const whole = fc.oneof(
  fc.integer({ min: -50, max: 5000 }),
  fc.integer({ min: -1e9, max: 1e9 }),
  fc.constantFrom(0, 1e6, 1e12, 1234567890123, 1e16, 2 ** 53, 1e18, 1e21, 0.7, -0.2),
);
const picked = (units: readonly string[], maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...units), maxLength });

const numberPicture = fc.oneof(
  fc.constantFrom(
    '#,##0.00',
    '0',
    '#0.###',
    '#,##0.00;(#,##0.00)',
    '00.00e0',
    '0%',
    '#,###.##‰',
    '0.0e00',
    'EUR #0,00.0,0 x',
  ),
  picked(['0', '0', '#', '#', ',', '.', 'e', '%', ';', ' ', 'x', '-', '\u2030', '9'], 10),
);
const options = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(
    ...[{ 'decimal-separator': ',', 'grouping-separator': '.' }, { 'zero-digit': '\u0660' }, { 'minus-sign': '~' }],
    ...[{ percent: 'p', digit: 'd' }, { 'exponent-separator': 'E', 'pattern-separator': '|' }, {}],
  ),
);
const integerPicture = fc.oneof(
  fc.constantFrom(
    '0',
    '000',
    '#,##0',
    '#,##0;o',
    'A',
    'a',
    'I',
    'i',
    'W',
    'w',
    'Ww',
    'Ww;o',
    'w;o',
    '1;o',
    '00:00',
    'α',
  ),
  picked(['0', '0', '#', ',', ':', ' ', ';o', '\u0661', '\uff10', 'W', 'w'], 7),
);
const component = fc
  .tuple(
    fc.constantFrom(...'YMDdFWwXxHhPmsfZzCEq'),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('') },
      fc.constantFrom(
        '1',
        '01',
        '0001',
        'n',
        'N',
        'Nn',
        'I',
        'i',
        'w',
        'Ww',
        'A',
        '1o',
        '01t',
        '01:01',
        '#1',
        '0,0',
        '00:00t',
      ),
    ),
    fc.oneof({ weight: 4, arbitrary: fc.constant('') }, fc.constantFrom(',2', ',3-3', ',*-4', ',2-2', ',x')),
  )
  .map(([letter, presentation, width]) => `[${letter}${presentation}${width}]`);
const literal = fc.constantFrom('', '-', ' ', ':', 'T', '.', '[[', ']]', 'at ', '/', ', ', '[');
const datePicture = fc.oneof(
  fc.constantFrom(
    ...['[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]', '[D1o] [MNn] [Y]', '[FNn], [D] [MNn,*-3] [Y0001]'],
    ...[
      '[h]:[m01] [P]',
      '[H01][m01]',
      '[X0001]-W[W01]-[F1]',
      '[M01]/[D01]/[Y0001] [h#1]:[m01][P] GMT[Z0101]',
      '[Y]-[d]',
    ],
  ),
  fc.array(fc.tuple(component, literal), { maxLength: 7 }).map((parts) => parts.map((part) => part.join('')).join('')),
);
const millis = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000_000 }),
  fc.integer({ min: -62_200_000_000_000, max: 253_500_000_000_000 }),
  fc.constantFrom(0, -1, 1e12, 1.7e12 + 0.5, 946684799999, 8.64e15, 8.65e15),
);
const zone = fc.constantFrom(undefined, '+0100', '-0500', '+0530', '-0330', '0000', 'x');

describe('a picture is read and followed as by the reference:', () => {
  test('$formatNumber', async () => {
    const args = fc
      .tuple(number, numberPicture, options)
      .map(([value, picture, chosen]) => (chosen ? [value, picture, chosen] : [value, picture]));
    await fc.assert(
      fc.asyncProperty(args, (given) => expectSame('formatNumber', given)),
      RUNS,
    );
  });

  test('$formatInteger', async () => {
    await fc.assert(
      fc.asyncProperty(whole, integerPicture, (value, picture) => expectSame('formatInteger', [value, picture])),
      RUNS,
    );
  });

  test('$parseInteger, also of what $formatInteger wrote', async () => {
    const text = fc.oneof(
      picked(['1', '2', '0', ',', 'x', 'V', 'i', ' ', 'th', '\u0661', 'one', 'Hundred', ' and '], 6),
      fc.tuple(whole, integerPicture),
    );
    await fc.assert(
      fc.asyncProperty(text, integerPicture, async (given, picture) => {
        if (typeof given === 'string') return expectSame('parseInteger', [given, picture]);
        const written = callNative('formatInteger', given);
        if ('value' in written) await expectSame('parseInteger', [written.value, given[1]]);
      }),
      RUNS,
    );
  });

  test('$fromMillis', async () => {
    await fc.assert(
      fc.asyncProperty(millis, fc.option(datePicture, { nil: undefined }), zone, (value, picture, offset) =>
        expectSame('fromMillis', [value, picture, offset]),
      ),
      RUNS,
    );
  });

  test('$toMillis, also of what $fromMillis wrote', async () => {
    await fc.assert(
      fc.asyncProperty(millis, datePicture, zone, async (value, picture, offset) => {
        const written = callNative('fromMillis', [value, picture, offset]);
        if ('value' in written) await expectSame('toMillis', [written.value, picture]);
      }),
      RUNS,
    );
  });

  test.each([
    '2018',
    '2018-02',
    '2018-02-01T10:11:12Z',
    '2018-02-01T10:11:12.5+0100',
    '2018-02-31',
    '1',
    'x',
    '2018-02-01T10:11:12',
  ])('$toMillis of %s without a picture', (text) => expectSame('toMillis', [text]));
});

describe('a picture that a text could be read by in many ways', () => {
  test('needs no exponential time', () => {
    const startedAt = performance.now();
    callNative('toMillis', [`${'1'.repeat(3000)}x`, '[f][f][f][f][f][f]']);
    callNative('toMillis', [`${'a'.repeat(3000)}1`, '[MNn][FNn][MNn][FNn]']);
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });
});
