// What the reports of the test runners say: how many tests passed and were left out, and the names of those that failed.
import { relative } from 'node:path';

/** Of a run that left no report, or failed without a failed test. */
const broken = (status) => `ended with exit code ${status}`;

/** Of Vitest's JSON report: `{passed, skipped, failed: names}`. */
export function outcomeOfVitest(report, status) {
  if (!report) return { passed: 0, failed: [broken(status)] };
  const failed = report.testResults.flatMap(({ name, status: ofFile, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
    const file = relative(process.cwd(), name);
    return tests.length > 0 || ofFile !== 'failed' ? tests.map((test) => `${file} › ${test}`) : [file];
  });
  if (failed.length === 0 && !(report.success && status === 0)) failed.push(broken(status));
  return { passed: report.numPassedTests, skipped: report.numPendingTests, failed };
}

/** Of Playwright's JSON report; a test that passed at a second try only has failed. */
export function outcomeOfPlaywright(report, status) {
  if (!report) return { passed: 0, failed: [broken(status)] };
  const failed = failedSpecs(report.suites);
  if (failed.length === 0 && status !== 0) failed.push(...report.errors.map(({ message }) => message), broken(status));
  return { passed: report.stats.expected, skipped: report.stats.skipped, failed };
}

function failedSpecs(suites) {
  return suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some((test) => test.status === 'unexpected' || test.status === 'flaky'))
      .map(({ file, title }) => `${file} › ${title}`),
    ...failedSpecs(inner),
  ]);
}
