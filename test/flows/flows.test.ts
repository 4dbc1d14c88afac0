import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { answerNarrowersByType, runnersByType } from '@crossdock/connectors/runners';
import { parseFlow, serialiseFlow, validateFlow } from '@crossdock/flow-model';
import { runFlowTest } from '@crossdock/flow-tests/run';
import { checkMapping, mappingFaults } from '@crossdock/mapping';
import { eventDefinition, givenEventProblems } from '@crossdock/orders';
import { describe, expect, test } from 'vitest';

const FLOWS = fileURLToPath(new URL('../../flows', import.meta.url));
const flows = readdirSync(FLOWS).map((folder) => {
  const text = readFileSync(join(FLOWS, folder, 'flow.json'), 'utf8');
  const flow = parseFlow(text);
  return { folder, text, flow, tests: flow.tests ?? [] };
});

describe.each(flows)('flow $folder', ({ folder, text, flow, tests }) => {
  test('is named as its folder, has no issues, and is written as the designer writes it', () => {
    expect(flow.id).toBe(folder);
    expect(validateFlow(flow, { manifests: manifestsByType, checkMapping, mappingFaults })).toEqual([]);
    expect(serialiseFlow(flow)).toBe(text);
  });

  test('waits for and emits events of the catalogue alone', () => {
    const types = flow.nodes.flatMap(({ type, config }) => {
      const named = type === 'event.emit' ? config.type : type === 'wait' ? config.eventType : undefined;
      // A computed type is one of a status map, which takes events of the catalogue alone, or held to it by the journeys of packages/simulators.
      return named === undefined || String(named).startsWith('=') ? [] : [named];
    });
    expect(types.filter((type) => eventDefinition(String(type)) === undefined)).toEqual([]);
  });

  test('emits in its tests what fits the catalogue', () => {
    const emitting = flow.nodes.filter(({ type }) => type === 'event.emit').map(({ id }) => id);
    const told = tests.flatMap(({ expect: { calls = {} } }) => emitting.flatMap((id) => calls[id] ?? []));
    const events = told as { type: string; data?: unknown }[];
    expect(events.map(givenEventProblems)).toEqual(events.map(() => []));
  });

  test('has tests', () => {
    expect(tests.length).toBeGreaterThan(0);
  });

  test.each(tests)('$name', async (one) => {
    const { problem, differences } = await runFlowTest(flow, one, {
      manifests: manifestsByType,
      runners: runnersByType,
      narrowers: answerNarrowersByType,
    });
    expect({ problem, differences }).toEqual({ problem: undefined, differences: [] });
  });
});

test('the flows show every node type', () => {
  const shown = new Set(flows.flatMap(({ flow }) => flow.nodes.map(({ type }) => type)));
  expect([...manifestsByType.keys()].filter((type) => !shown.has(type))).toEqual([]);
});
