import { expect, test } from 'vitest';
import type { ShownRun } from '../editor/store/editor-store.ts';
import { namedPayloads } from './named-payloads.ts';

const sample = (name: string) => ({ name, payload: { from: name } });
const arrived = { sample: sample('paid'), input: { known: true, input: { mapped: 1 }, outputs: {} } } as const;
const unknown = { sample: sample('open'), input: { known: false } } as const;
const runOn = (sampleName: string) =>
  ({ sampleName, run: { spans: [{ nodeId: 'check', input: { ran: 1 } }] } }) as unknown as ShownRun;

test('a schema is made of what arrives at the node, of a sample as it is only where that is not known', () => {
  expect(namedPayloads('check', [arrived, unknown], undefined)).toEqual([
    { name: 'What arrives here with “paid”', payload: { mapped: 1 } },
    { name: 'Sample “open” (comes to the trigger)', payload: { from: 'open' } },
  ]);
});

test('the run that is shown stands first where it tells more', () => {
  expect(namedPayloads('check', [arrived], runOn('paid')).map(({ payload }) => payload)).toEqual([{ mapped: 1 }]);
  expect(namedPayloads('check', [arrived], runOn('gone')).map(({ payload }) => payload)).toEqual([
    { ran: 1 },
    { mapped: 1 },
  ]);
});
