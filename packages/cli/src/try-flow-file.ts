import { readFileSync } from 'node:fs';
import { manifestsByType } from '@crossdock/connectors/manifests';
import { answerNarrowersByType, runnersByType } from '@crossdock/connectors/runners';
import { reasonOf } from '@crossdock/errors';
import { type Flow, parseFlow, validateFlow } from '@crossdock/flow-model';
import type { FlowReport } from '@crossdock/flow-tests';
import { runFlowTests } from '@crossdock/flow-tests/run';
import { checkMapping, mappingFaults } from '@crossdock/mapping';

/** Runs the tests of a flow file whose name holds `only`. A file that is no flow, or one with errors, is a `problem` of the report. */
export async function tryFlowFile(file: string, only = ''): Promise<FlowReport> {
  let flow: Flow;
  try {
    flow = parseFlow(readFileSync(file, 'utf8'));
  } catch (error) {
    return { flowId: file, name: file, file, results: [], problem: reasonOf(error) };
  }
  const { id: flowId, name, tests = [] } = flow;
  const errors = validateFlow(flow, { manifests: manifestsByType, checkMapping, mappingFaults }).filter(
    ({ severity }) => severity === 'error',
  );
  const problem = errors.map(({ path, message }) => `${path || '/'}: ${message}`).join('\n    ');
  if (problem !== '') return { flowId, name, file, results: [], problem };
  const ports = { manifests: manifestsByType, runners: runnersByType, narrowers: answerNarrowersByType };
  const results = await runFlowTests(flow, ports, { tests: tests.filter((test) => test.name.includes(only)) });
  return { flowId, name, file, results };
}
