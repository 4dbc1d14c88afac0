import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { compileMapping } from './index.ts';

/** The language's own test suite lies beside the project, and is no part of it. Its rules: `TESTSUITE.md` there. */
const SUITE = join(import.meta.dirname, '../../../../shared/jsonata-suite');

interface SuiteCase {
  readonly expr?: string;
  readonly 'expr-file'?: string;
  readonly data?: unknown;
  readonly dataset?: string | null;
  readonly timelimit?: number;
  readonly depth?: number;
  readonly bindings?: Readonly<Record<string, unknown>>;
  readonly result?: unknown;
  readonly undefinedResult?: boolean;
  readonly unordered?: boolean;
  readonly code?: string;
  readonly error?: { readonly code?: string };
  readonly token?: string;
}

const read = (...path: string[]): string => readFileSync(join(SUITE, ...path), 'utf8');

function casesOf(group: string): { name: string; one: SuiteCase }[] {
  const files = readdirSync(join(SUITE, 'groups', group)).filter((file) => file.endsWith('.json'));
  return files.flatMap((file) => {
    const parsed = JSON.parse(read('groups', group, file)) as SuiteCase | SuiteCase[];
    return [parsed].flat().map((one, at) => ({ name: `${file} ${at}`, one }));
  });
}

/** The limits of those codes are ours as well; they are told as limits. */
const LIMIT_OF: Readonly<Record<string, string>> = {
  ...{ D1011: 'depth', D1012: 'time', D2014: 'sequence length', D2015: 'sequence length' },
};

async function outcomeOf(group: string, one: SuiteCase) {
  const source = one.expr ?? read('groups', group, one['expr-file'] as string);
  const input = one.dataset ? JSON.parse(read('datasets', `${one.dataset}.json`)) : one.data;
  const limits = { timeoutMs: one.timelimit ?? 10_000, ...(one.depth === undefined ? {} : { maxDepth: one.depth }) };
  try {
    return { value: await compileMapping(source, limits).evaluate(input, one.bindings) };
  } catch (error) {
    if (!isFlowError(error)) throw error;
    return { details: error.details };
  }
}

async function check(group: string, one: SuiteCase): Promise<void> {
  const outcome = await outcomeOf(group, one);
  const code = one.code ?? one.error?.code;
  if (one.depth !== undefined && outcome.details?.limit !== undefined) {
    expect(['depth', 'time']).toContain(outcome.details.limit);
  } else if (code !== undefined) {
    const limit = LIMIT_OF[code];
    expect(outcome.details).toMatchObject(limit === undefined ? { code } : { limit });
    if (one.token !== undefined && limit === undefined) expect(outcome.details?.token).toBe(one.token);
  } else {
    expect(outcome).toEqual({ value: one.undefinedResult ? undefined : one.result });
  }
}

describe.skipIf(!existsSync(SUITE))(
  'the test suite of JSONata (skipped where it does not lie beside the project)',
  () => {
    const groups = existsSync(SUITE) ? readdirSync(join(SUITE, 'groups')).sort() : [];
    describe.each(groups)('%s', (group) => {
      test.each(casesOf(group))('$name', ({ one }) => check(group, one), 30_000);
    });
  },
);
