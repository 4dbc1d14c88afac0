import { catalogue } from '@crossdock/errors';
import { checkMaskPath } from '@crossdock/payload';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import { pointerOf } from './pointer.ts';

type Fields = Readonly<Record<string, unknown>>;
type Place = readonly (string | number)[];

/** A warning for each place of a test that keeps it from doing what it says: it would fail, or check nothing. Takes any JSON. */
export function testIssues({ tests, samples }: Fields, nodeIds: ReadonlySet<string>): Issue[] {
  const sampleNames = new Set(items(samples).map(({ name }) => name));
  const all = items(tests);
  return all.flatMap((test, index) => {
    const name = typeof test.name === 'string' ? test.name : String(index + 1);
    const found: { at: Place; reason: string }[] = [
      ...nameProblems(all, index),
      ...inputProblems(test, sampleNames),
      ...nodeProblems(test, nodeIds),
      ...errorCodeProblems(test),
      ...toleranceProblems(test),
    ];
    return found.map(({ at, reason }) =>
      makeIssue('FLOW_TEST', {
        path: pointerOf(['tests', index, ...at]),
        severity: 'warning',
        details: { test: name, reason },
      }),
    );
  });
}

function nameProblems(tests: readonly Fields[], index: number) {
  const { name } = tests[index] ?? {};
  const isTaken = tests.slice(0, index).some((other) => other.name === name);
  return isTaken ? [{ at: ['name'], reason: 'another test has its name' }] : [];
}

function inputProblems({ sample, payload, receivedAt }: Fields, sampleNames: ReadonlySet<unknown>) {
  const problems = [];
  if (sample === undefined && payload === undefined)
    problems.push({ at: [], reason: 'it has neither "sample" nor "payload"' });
  if (sample !== undefined && !sampleNames.has(sample))
    problems.push({ at: ['sample'], reason: `"${String(sample)}" is no sample of the flow` });
  if (typeof receivedAt === 'string' && Number.isNaN(Date.parse(receivedAt)))
    problems.push({ at: ['receivedAt'], reason: `"${receivedAt}" is no date and time as RFC 3339 writes it` });
  return problems;
}

function nodeProblems({ trigger, answers, expect }: Fields, nodeIds: ReadonlySet<string>) {
  const { error, path, outputs, calls } = fields(expect);
  const named: { at: Place; id: unknown }[] = [
    { at: ['trigger'], id: trigger },
    { at: ['expect', 'error', 'nodeId'], id: fields(error).nodeId },
    ...Object.keys(fields(answers)).map((id) => ({ at: ['answers', id], id })),
    ...Object.keys(fields(outputs)).map((id) => ({ at: ['expect', 'outputs', id], id })),
    ...Object.keys(fields(calls)).map((id) => ({ at: ['expect', 'calls', id], id })),
    ...(Array.isArray(path) ? path.map((id: unknown, nth) => ({ at: ['expect', 'path', nth], id })) : []),
  ];
  return named.flatMap(({ at, id }) =>
    typeof id === 'string' && !nodeIds.has(id) ? [{ at, reason: `the flow has no node "${id}"` }] : [],
  );
}

function errorCodeProblems({ answers }: Fields) {
  return Object.entries(fields(answers)).flatMap(([nodeId, list]) =>
    items(list).flatMap(({ error }, nth) => {
      const { code } = fields(error);
      if (typeof code !== 'string' || Object.hasOwn(catalogue, code)) return [];
      return [{ at: ['answers', nodeId, nth, 'error', 'code'], reason: `there is no error code "${code}"` }];
    }),
  );
}

function toleranceProblems({ tolerances }: Fields) {
  return items(tolerances).flatMap(({ path, as, pattern }, nth) => {
    const mistake = typeof path === 'string' ? checkMaskPath(path) : undefined;
    const problems: { at: Place; reason: string }[] = [];
    if (mistake !== undefined) problems.push({ at: ['tolerances', nth, 'path'], reason: `its path ${mistake}` });
    if (as === 'pattern' && !isPattern(pattern))
      problems.push({ at: ['tolerances', nth, 'pattern'], reason: 'its pattern is no regular expression' });
    return problems;
  });
}

function isPattern(pattern: unknown): boolean {
  if (typeof pattern !== 'string') return false;
  try {
    return new RegExp(pattern) instanceof RegExp;
  } catch {
    return false;
  }
}

function items(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(fields) : [];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
