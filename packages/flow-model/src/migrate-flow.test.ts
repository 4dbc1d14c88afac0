import { describe, expect, it } from 'vitest';
import { FLOW_FORMAT_VERSION, type FlowMigration, migrateFlow } from './migrate-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const migrations: ReadonlyMap<number, FlowMigration> = new Map([
  [1, (document) => ({ ...document, title: document.name })],
  [2, ({ name: _name, ...document }) => document],
]);

describe('migrateFlow', () => {
  it('leaves a document of the present format as it is', () => {
    const flow = sampleFlow();
    expect(migrateFlow(flow)).toBe(flow);
    expect(flow.formatVersion).toBe(FLOW_FORMAT_VERSION);
  });

  it('goes through every version between, and does not change what it gets', () => {
    const old = Object.freeze({ formatVersion: 1, name: 'A' });
    expect(migrateFlow(old, migrations, 3)).toEqual({ formatVersion: 3, title: 'A' });
    expect(migrateFlow({ formatVersion: 2, name: 'A' }, migrations, 3)).toEqual({ formatVersion: 3 });
  });

  it.each([2, 0, -1, 1e9])('refuses format %s, which it does not know', (formatVersion) => {
    expect(() => migrateFlow({ formatVersion })).toThrow(expect.objectContaining({ code: 'FLOW_FORMAT_UNSUPPORTED' }));
  });

  it.each([null, 1, 'x', [], {}, { formatVersion: '1' }, { formatVersion: 1.5 }])(
    'leaves %j for validation',
    (document) => {
      expect(migrateFlow(document)).toBe(document);
    },
  );
});
