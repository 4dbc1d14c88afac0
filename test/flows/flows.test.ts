import { manifestsByType } from '@crossdock/connectors/manifests';
import { serialiseFlow, validateFlow } from '@crossdock/flow-model';
import { checkMapping, mappingFaults } from '@crossdock/mapping';
import { eventDefinition } from '@crossdock/orders';
import { describe, expect, test } from 'vitest';
import { flowsWithCases, runFlowCase } from './flow-case.ts';

describe.each(flowsWithCases())('flow $id', ({ id, text, flow, cases }) => {
  test('is named as its folder, has no issues, and is written as the designer writes it', () => {
    expect(flow.id).toBe(id);
    expect(validateFlow(flow, { manifests: manifestsByType, checkMapping, mappingFaults })).toEqual([]);
    expect(serialiseFlow(flow)).toBe(text);
  });

  test('waits for and emits events of the catalogue alone', () => {
    const types = flow.nodes.flatMap(({ type, config }) => {
      const named = type === 'event.emit' ? config.type : type === 'wait' ? config.eventType : undefined;
      return named === undefined ? [] : [named];
    });
    expect(types.filter((type) => eventDefinition(String(type)) === undefined)).toEqual([]);
  });

  test.each(cases)('$name', async (one) => {
    expect(await runFlowCase(flow, one)).toMatchObject(one.expect);
  });
});

test('the flows show every node type', () => {
  const shown = new Set(flowsWithCases().flatMap(({ flow }) => flow.nodes.map(({ type }) => type)));
  expect([...manifestsByType.keys()].filter((type) => !shown.has(type))).toEqual([]);
});
