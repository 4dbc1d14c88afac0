import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compareEngines } from './testing/both-engines.ts';

/** Expressions in which the language has corners, by what they are about. */
const { input, expressions } = JSON.parse(
  readFileSync(new URL('./same-answers.cases.json', import.meta.url), 'utf8'),
) as {
  input: unknown;
  expressions: Record<string, string[]>;
};

describe.each(Object.entries(expressions))(
  '%s: result, or code, position and token, are those of the reference in',
  (_, sources) => {
    test.each(sources)('%s', async (source) => {
      expect(await compareEngines(source, input)).toBeUndefined();
    });
  },
);
