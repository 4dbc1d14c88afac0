import { evaluateRules, type OrderState, type RuleSettings } from '@crossdock/orders';
import type { Kysely } from 'kysely';
import type { Tables } from '../../store/index.ts';

/** What people decided about the rules of an environment; nothing, where all is as it comes. */
export async function readRuleSettings(kysely: Kysely<Tables>, env: string): Promise<RuleSettings> {
  const row = await kysely.selectFrom('order_rules').select('settings').where('env', '=', env).executeTakeFirst();
  return row?.settings ?? {};
}

/** When the rules are to look at an order: at once where they have something to say of it. Undefined while only an event changes that. */
export function nextLook(state: OrderState, now: Date, settings: RuleSettings): Date | undefined {
  const { open, clear, nextAt } = evaluateRules(state, now, settings);
  if (open.length + clear.length > 0) return now;
  return nextAt === undefined ? undefined : new Date(nextAt);
}
