// What the reports of the test runners say: how many tests passed and were left out, and the names of those that failed, or passed at a second try.
import { relative } from 'node:path';

/** Of a run that left no report, or failed without a failed test. */
const broken = (status) => `ended with exit code ${status}`;

/** Of Vitest's JSON report: `{passed, skipped, failed: names, unsteady: names}`. */
export function outcomeOfVitest(report, status) {
  if (!report) return { passed: 0, failed: [broken(status)] };
  const failed = report.testResults.flatMap((file) => {
    const names = namesOf(file, (test) => test.status === 'failed');
    return names.length > 0 || file.status !== 'failed' ? names : [relative(process.cwd(), file.name)];
  });
  if (failed.length === 0 && !(report.success && status === 0)) failed.push(broken(status));
  const unsteady = report.testResults.flatMap((file) =>
    namesOf(file, (test) => test.status === 'passed' && test.failureMessages.length > 0),
  );
  return { passed: report.numPassedTests, skipped: report.numPendingTests, failed, unsteady };
}

function namesOf({ name, assertionResults }, isWanted) {
  return assertionResults.filter(isWanted).map(({ fullName }) => `${relative(process.cwd(), name)} › ${fullName}`);
}

/** Of Playwright's JSON report, in the same form. */
export function outcomeOfPlaywright(report, status) {
  if (!report) return { passed: 0, failed: [broken(status)] };
  const failed = specsThatEnded('unexpected', report.suites);
  const unsteady = specsThatEnded('flaky', report.suites);
  if (failed.length === 0 && status !== 0) failed.push(...report.errors.map(({ message }) => message), broken(status));
  return { passed: report.stats.expected + unsteady.length, skipped: report.stats.skipped, failed, unsteady };
}

function specsThatEnded(as, suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some((test) => test.status === as))
      .map(({ file, title }) => `${file} › ${title}`),
    ...specsThatEnded(as, inner),
  ]);
}
