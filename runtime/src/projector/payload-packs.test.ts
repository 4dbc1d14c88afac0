import { zstdDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { PackedPayload } from '../store/index.ts';
import { type PayloadPack, PayloadPacks } from './payload-packs.ts';

const FIRST = { executionId: '00000000-0000-4000-8000-000000000001', env: 'dev' };
const SECOND = { executionId: '00000000-0000-4000-8000-000000000002', env: 'prod' };
const AT = new Date('2026-11-30T12:00:00Z');

const textOf = ({ encoding, content }: PayloadPack): string =>
  Buffer.from(encoding === 'zstd' ? zstdDecompressSync(content) : content).toString();
const entriesOf = ({ entries }: PayloadPack): PackedPayload[] => JSON.parse(entries);

describe('payloads of a batch', () => {
  test('come to one row for each execution, in the order of their keys', async () => {
    const packs = new PayloadPacks();
    packs.add(SECOND, 'trigger', { json: '"Größe"' });
    packs.add(FIRST, 'trigger', { json: Buffer.from('{"a":1}') });
    packs.add(SECOND, 'b.out', { json: '[2]', truncated: true });
    packs.add(SECOND, 'c.out', { blob: 'blob-1' });
    packs.add(SECOND, 'trigger', { json: '"again"' });
    const rows = await packs.rows(AT);
    expect(rows.map(({ execution_id, env, stored_at }) => ({ executionId: execution_id, env, stored_at }))).toEqual([
      { ...FIRST, stored_at: AT },
      { ...SECOND, stored_at: AT },
    ]);
    expect(rows.map(textOf)).toEqual(['{"a":1}', '"Größe"[2]']);
    expect(rows.map(entriesOf)).toEqual([
      [['trigger', 7, false]],
      [
        ['trigger', 9, false],
        ['b.out', 3, true],
        ['c.out', 0, false, 'blob-1'],
      ],
    ]);
  });

  test('make a row of the same name from the same batch, and of another from another', async () => {
    const nameOf = async (...refs: string[]) => {
      const packs = new PayloadPacks();
      for (const ref of refs) packs.add(FIRST, ref, { json: '1' });
      return (await packs.rows(AT))[0]?.pack;
    };
    expect(await nameOf('trigger', 'a.out')).toBe(await nameOf('trigger', 'a.out'));
    // Else the row that has less would stand for both.
    expect(await nameOf('trigger')).not.toBe(await nameOf('trigger', 'a.out'));
  });

  test('stand in further rows once one holds much, so that who reads one does not read all', async () => {
    const packs = new PayloadPacks();
    const large = JSON.stringify('x'.repeat(40_000));
    for (const ref of ['a', 'b', 'c', 'd']) packs.add(FIRST, ref, { json: ref === 'b' ? large : '1' });
    const rows = await packs.rows(AT);
    expect(rows.map((row) => entriesOf(row).map(([ref]) => ref)).sort()).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(rows.map(textOf).sort()).toEqual([`1${large}`, '11'].sort());
  });
});
