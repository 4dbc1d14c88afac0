import type { Expectation } from '@crossdock/flow-model';
import type { Difference } from './differences.ts';

/** What came of one test. */
export interface FlowTestResult {
  readonly name: string;
  readonly passed: boolean;
  /** Real time, in ms. */
  readonly durationMs: number;
  readonly differences: Difference[];
  /** All that came of the run; left out where it could not be made. */
  readonly got?: Expectation;
  /** Why the run could not be made, with the fix. */
  readonly problem?: string;
}

/** The results of one flow's tests. */
export interface FlowReport {
  readonly flowId: string;
  readonly name: string;
  /** Where the flow was read, for people. */
  readonly file?: string;
  readonly results: readonly FlowTestResult[];
  /** Why none could be run: the file cannot be read, the flow has errors. */
  readonly problem?: string;
}

/** True where each test passed and each flow could be tried. */
export function hasPassed(reports: readonly FlowReport[]): boolean {
  return reports.every(({ problem, results }) => problem === undefined && results.every(({ passed }) => passed));
}
