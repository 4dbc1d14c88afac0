export { type Difference, differences } from './differences.ts';
export { withInvented } from './invented.ts';
export { acceptOutcome, expectationOf, type OutcomeSpan, outcomeOf, type RunOutcome, tolerate } from './outcome.ts';
export { type RecordedSpan, reachesOut, recordedAnswers, withoutRepeats } from './recorded-answers.ts';
export { junitXml, reportText } from './report.ts';
export { type TestInput, testInput, UnusableTest } from './test-input.ts';
export { type FlowReport, type FlowTestResult, hasPassed } from './test-result.ts';
export { usedVariables } from './used-variables.ts';
