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

test('an error says nothing of where another mapping called the function before', async () => {
  // Where several parts fail the reference evaluates the mapping, which writes on its functions where they were called.
  const before = '{ "x": $map([1], $error), "y": $error("z") }';
  const sources = [before, '{ "a": $error("x"), "b": [1] ~> $map }', '{ "b": [1] ~> $map, "a": $sum(["x"]) }'];
  for (const source of sources) expect(await compareEngines(source, input)).toBeUndefined();
});
