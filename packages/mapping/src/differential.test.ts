import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareEngines } from './testing/both-engines.ts';
import { expression } from './testing/expressions.ts';
import { payload } from './testing/payloads.ts';

/** Seconds of the long form, from a fresh seed; without it a short run, always the same, so that the gate says the same of the same code. */
const LONG_SECONDS = Number(process.env.MAPPING_FUZZ_SECONDS ?? 0);
const SHORT_SEED = 20_261_125;
const SHORT_RUNS = 3000;

/** Stops at the first difference, shrunk to a small one, or at the end of its time. Gives how many mappings were compared. */
async function compare(seed: number, { runs, seconds }: { runs: number; seconds?: number }): Promise<number> {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(expression, payload, async (source, input) => {
      compared++;
      expect(await compareEngines(source, input)).toBeUndefined();
    }),
    {
      seed,
      numRuns: runs,
      ...(seconds === undefined ? {} : { interruptAfterTimeLimit: seconds * 1000, markInterruptAsFailure: false }),
    },
  );
  return compared;
}

describe('generated mappings give on generated payloads what the reference gives', () => {
  const anySeed = Number(process.env.MAPPING_FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));

  test.skipIf(LONG_SECONDS > 0)('from a seed that stays', { timeout: 300_000 }, async () => {
    await compare(SHORT_SEED, { runs: SHORT_RUNS });
  });

  test.runIf(LONG_SECONDS > 0)(
    `for ${LONG_SECONDS} s (MAPPING_FUZZ_SEED=${anySeed})`,
    async () => {
      const compared = await compare(anySeed, { runs: Number.MAX_SAFE_INTEGER, seconds: LONG_SECONDS });
      console.log(`${compared} mappings compared in ${LONG_SECONDS} s from seed ${anySeed}`);
    },
    (LONG_SECONDS + 300) * 1000,
  );
});
