import { manifestsByType } from '@crossdock/connectors/manifests';
import { serialiseFlow, validateFlow } from '@crossdock/flow-model';
import { checkMapping, mappingFaults } from '@crossdock/mapping';
import { describe, expect, test } from 'vitest';
import { flowsWithCases, runFlowCase } from './flow-case.ts';

describe.each(flowsWithCases())('flow $id', ({ id, text, flow, cases }) => {
  test('is named as its folder, has no issues, and is written as the designer writes it', () => {
    expect(flow.id).toBe(id);
    expect(validateFlow(flow, { manifests: manifestsByType, checkMapping, mappingFaults })).toEqual([]);
    expect(serialiseFlow(flow)).toBe(text);
  });

  test.each(cases)('$name', async (one) => {
    expect(await runFlowCase(flow, one)).toMatchObject(one.expect);
  });
});

test('the flows show every node type', () => {
  const shown = new Set(flowsWithCases().flatMap(({ flow }) => flow.nodes.map(({ type }) => type)));
  expect([...manifestsByType.keys()].filter((type) => !shown.has(type))).toEqual([]);
});
