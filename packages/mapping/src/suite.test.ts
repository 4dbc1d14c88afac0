import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { compileMapping } from './index.ts';
import { type SuiteCase, suiteCases } from './testing/suite-cases.ts';

/** The limits of those codes are ours as well; they are told as limits. */
const LIMIT_OF: Readonly<Record<string, string>> = {
  ...{ D1011: 'depth', D1012: 'time', D2014: 'sequence length', D2015: 'sequence length' },
};

async function outcomeOf({ expr, data, bindings, timelimit, depth }: SuiteCase) {
  const limits = { timeoutMs: timelimit ?? 10_000, ...(depth === undefined ? {} : { maxDepth: depth }) };
  try {
    return { value: await compileMapping(expr, limits).evaluate(data, bindings) };
  } catch (error) {
    if (!isFlowError(error)) throw error;
    return { details: error.details };
  }
}

async function check(one: SuiteCase): Promise<void> {
  const outcome = await outcomeOf(one);
  const { code, token, depth } = one;
  if (depth !== undefined && outcome.details?.limit !== undefined) {
    expect(['depth', 'time']).toContain(outcome.details.limit);
  } else if (code !== undefined) {
    const limit = LIMIT_OF[code];
    expect(outcome.details).toMatchObject(limit === undefined ? { code } : { limit });
    if (token !== undefined && limit === undefined) expect(outcome.details?.token).toBe(token);
  } else {
    expect(outcome).toEqual({ value: one.result });
  }
}

const cases = suiteCases();

describe.skipIf(cases.length === 0)(
  'the test suite of JSONata (skipped where it does not lie beside the project)',
  () => {
    describe.each([...new Set(cases.map(({ group }) => group))])('%s', (group) => {
      test.each(cases.filter((one) => one.group === group))('$name', check, 30_000);
    });
  },
);
