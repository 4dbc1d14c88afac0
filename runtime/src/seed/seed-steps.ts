import type { Database } from '../store/index.ts';

/** What the first start has done so far: a start that was killed half way is finished by the next one. */
export interface SeedSteps {
  isDone(step: string): boolean;
  done(step: string): Promise<void>;
}

export async function readSeedSteps({ kysely }: Database): Promise<SeedSteps> {
  const steps = new Set((await kysely.selectFrom('seed_steps').select('step').execute()).map(({ step }) => step));
  return {
    isDone: (step) => steps.has(step),
    async done(step) {
      if (steps.has(step)) return;
      await kysely
        .insertInto('seed_steps')
        .values({ step, done_at: new Date() })
        .onConflict((conflict) => conflict.column('step').doNothing())
        .execute();
      steps.add(step);
    },
  };
}

/** That the sandbox once had this address: what still points to it was pointed there by us. */
export const sandboxStep = (url: string): string => `sandbox ${url}`;
