import { manifestsByType } from '@crossdock/connectors/manifests';
import { answerNarrowersByType, runnersByType } from '@crossdock/connectors/runners';
import { FlowError } from '@crossdock/errors';
import type { Flow, FlowTest } from '@crossdock/flow-model';
import type { FlowTestResult } from '@crossdock/flow-tests';
import { runFlowTests, type TestPorts } from '@crossdock/flow-tests/run';

/** The node types of this installation, as data and as code. */
export const NODE_TYPES: TestPorts = {
  manifests: manifestsByType,
  runners: runnersByType,
  narrowers: answerNarrowersByType,
};

/** Names beyond this tell no more. */
const MOST_NAMED = 10;

export function runTestsOf(flow: Flow, tests: readonly FlowTest[], signal: AbortSignal): Promise<FlowTestResult[]> {
  return runFlowTests(flow, NODE_TYPES, { tests, signal });
}

/** Runs the tests of a flow whose settings say that they gate publishing. Throws `FLOW_TESTS_FAILED` with the names of those that fail. */
export async function refuseFailingTests(flow: Flow): Promise<void> {
  if (flow.settings?.testsGate !== 'publish') return;
  const results = await runFlowTests(flow, NODE_TYPES);
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length === 0) return;
  const named = failed.slice(0, MOST_NAMED).map(({ name }) => `"${name}"`);
  const names = failed.length > named.length ? [...named, 'and more'] : named;
  throw new FlowError('FLOW_TESTS_FAILED', { details: { failed: failed.length, count: results.length, names } });
}
