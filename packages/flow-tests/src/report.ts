import type { Difference } from './differences.ts';
import type { FlowReport, FlowTestResult } from './test-result.ts';

const MOST_SHOWN = 20;

/** What tests gave, for people: a line per test, below those that failed what differs, a line of sums at the end. */
export function reportText(reports: readonly FlowReport[]): string {
  const lines = reports.flatMap((report) => [
    report.file === undefined ? report.flowId : `${report.flowId}  ${report.file}`,
    ...(report.problem === undefined ? [] : [`  ✗ ${report.problem}`]),
    ...(report.problem === undefined && report.results.length === 0 ? ['  has no tests'] : []),
    ...report.results.flatMap(resultLines),
    '',
  ]);
  const results = reports.flatMap((report) => report.results);
  const passed = results.filter((result) => result.passed).length;
  const broken = reports.filter(({ problem }) => problem !== undefined).length;
  const sums = [
    `${passed} passed`,
    `${results.length - passed} failed`,
    ...(broken > 0 ? [`${broken} flow${broken === 1 ? '' : 's'} could not be tried`] : []),
  ];
  return [...lines, sums.join(', ')].join('\n');
}

function resultLines({ name, passed, durationMs, problem, differences }: FlowTestResult): string[] {
  const more = differences.length - MOST_SHOWN;
  return [
    `  ${passed ? '✓' : '✗'} ${name} (${durationMs} ms)`,
    ...(problem === undefined ? [] : [`      ${problem}`]),
    ...differences.slice(0, MOST_SHOWN).flatMap(differenceLines),
    ...(more > 0 ? [`      and ${more} more`] : []),
  ];
}

function differenceLines(difference: Difference): string[] {
  const { path, asked } = difference;
  const expected = asked ?? ('expected' in difference ? JSON.stringify(difference.expected) : 'nothing');
  const got = 'got' in difference ? JSON.stringify(difference.got) : 'nothing';
  return [`      ${path}`, `        expected ${expected}`, `        got      ${got}`];
}

/** The same as JUnit XML, as CI systems read it: a suite for each flow, a case for each test. */
export function junitXml(reports: readonly FlowReport[]): string {
  const suites = reports.map((report) => {
    const cases = [
      ...(report.problem === undefined ? [] : [caseXml(report.flowId, 'the flow can be tried', 0, report.problem)]),
      ...report.results.map((result) =>
        caseXml(report.flowId, result.name, result.durationMs, result.passed ? undefined : failureText(result)),
      ),
    ];
    const failures = report.results.filter(({ passed }) => !passed).length + (hasProblem(report) ? 1 : 0);
    const timeMs = report.results.reduce((sum, { durationMs }) => sum + durationMs, 0);
    return [
      `  <testsuite name="${escaped(report.flowId)}" tests="${cases.length}" failures="${failures}" time="${timeMs / 1000}">`,
      ...cases,
      '  </testsuite>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites name="crossdock">',
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

const hasProblem = ({ problem }: FlowReport): boolean => problem !== undefined;

function caseXml(suite: string, name: string, durationMs: number, failure: string | undefined): string {
  const open = `    <testcase classname="${escaped(suite)}" name="${escaped(name)}" time="${durationMs / 1000}"`;
  if (failure === undefined) return `${open}/>`;
  const [first = ''] = failure.split('\n');
  return `${open}>\n      <failure message="${escaped(first)}">${escaped(failure)}</failure>\n    </testcase>`;
}

function failureText({ problem, differences }: FlowTestResult): string {
  return (
    problem ??
    differences
      .flatMap(differenceLines)
      .map((line) => line.slice(6))
      .join('\n')
  );
}

/** Characters that XML 1.0 cannot hold become the replacement character. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '\u{fffd}')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
