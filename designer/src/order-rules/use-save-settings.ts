import type { OrderRules } from '@crossdock/api-contract';
import { type RuleSettings, ruleSettingsProblems } from '@crossdock/orders';
import { useSaveOrderRules } from '../api/index.ts';
import { notifyDone } from '../ui/index.ts';

/** Saves settings of rules that are based on those read; says so, and calls back, when they are saved. */
export function useSaveSettings(env: string, saved: OrderRules) {
  const { mutateAsync, isPending, error } = useSaveOrderRules(env);
  return {
    isPending,
    error,
    /** Rejects where it is refused. */
    async save(settings: RuleSettings, said: string): Promise<void> {
      await mutateAsync({ settings, since: saved.updatedAt });
      notifyDone(said);
    },
  };
}

/** What is wrong with settings at a field or below it, for the person who wrote it; undefined where all is well. */
export function problemAt(settings: RuleSettings, field: string): Error | undefined {
  const problem = ruleSettingsProblems(settings).find((one) => one.field.startsWith(field));
  return problem && new Error(`${problem.message}. ${problem.fix}`);
}
