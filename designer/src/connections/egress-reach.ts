import type { EgressRule } from '@crossdock/api-contract';
import { egressTexts } from '../texts/index.ts';
import { formatNumber } from '../ui/format.ts';

const t = egressTexts;
/** Above this, a power of two says more than a number. */
const COUNTED_BITS = 24;

/** What a rule opens, in words: how many addresses, at which ports. */
export function egressReach(rule: EgressRule): string {
  if (rule.kind === 'host')
    return rule.port === undefined ? t.hostAnyPort(rule.host) : t.hostPort(rule.host, rule.port);
  const bits = (rule.family === 4 ? 32 : 128) - rule.prefix;
  return t.range(bits <= COUNTED_BITS ? formatNumber(2 ** bits) : t.powerOfTwo(bits), bits === 0);
}
