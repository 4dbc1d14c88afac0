import { type FlowHealth, type Health, refusalWords } from '@crossdock/api-contract';
import type { LinkProps } from '@tanstack/react-router';
import { healthTexts } from '../texts/index.ts';
import { formatDuration } from '../ui/format.ts';

export interface TroubleItem {
  key: string;
  icon: 'alarm' | 'breaker' | 'flow';
  tone: 'red' | 'amber';
  text: string;
  link?: LinkProps;
}

/** A queue whose oldest message is younger is just busy. */
const OLD_MS = 10_000;
const NEARLY_FULL = 0.7;
const t = healthTexts.overview;

/** Id of the list of refused requests on the page. */
export const REFUSALS = 'refused-requests';
const RANKS: Readonly<Record<TroubleItem['tone'], number>> = { red: 0, amber: 1 };

/**
 * What of a reading needs somebody, gravest first. Of the same gravity: alarms, breakers, the trigger store, flows with failures, old queues, doubts
 * and dead letters, then hooks that refuse.
 */
export function troubleIn({ alarms, remotes, refusals, flows, bus, range }: Health): TroubleItem[] {
  const items: TroubleItem[] = alarms
    .filter(({ state }) => state === 'firing')
    .map(({ alarmId, severity, ruleName, summary }) => ({
      key: alarmId,
      icon: 'alarm',
      tone: severity === 'critical' ? 'red' : 'amber',
      text: `${ruleName}: ${summary}`,
      link: { to: '/health', search: { tab: 'alarms' } } as LinkProps,
    }));
  for (const { remote, breaker } of remotes)
    if (breaker !== 'closed')
      items.push({ key: `b ${remote}`, icon: 'breaker', tone: 'red', text: t.breaker(healthTexts.remote(remote)) });
  if (bus && bus.triggerLimit > 0 && bus.triggerBytes / bus.triggerLimit >= NEARLY_FULL)
    items.push({
      ...{ key: 'store', icon: 'breaker', tone: 'amber' },
      text: t.store(Math.round((100 * bus.triggerBytes) / bus.triggerLimit)),
    });
  items.push(...flows.flatMap((flow) => troubleOf(flow, range)));
  for (const { flowId, nodeId, name, count, reasons } of refusals)
    items.push({
      ...{ key: `refused ${flowId} ${nodeId}`, icon: 'flow', tone: 'amber' },
      text: t.refused(name, count, refusalWords(reasons)),
      link: { to: '/health', search: range === '1h' ? {} : { range }, hash: REFUSALS } as LinkProps,
    });
  return items.toSorted((a, b) => RANKS[a.tone] - RANKS[b.tone]);
}

function troubleOf(flow: FlowHealth, range: Health['range']): TroubleItem[] {
  const { flowId, name, failed, queueDepth, oldestMs, inDoubt, deadLetters } = flow;
  const item = (what: string, tone: TroubleItem['tone'], text: string, link: LinkProps): TroubleItem => ({
    ...{ key: `${what} ${flowId}`, icon: 'flow', tone, text, link },
  });
  const items: TroubleItem[] = [];
  if (failed > 0) {
    const search = { flow: flowId, status: 'failed,compensation-failed', range };
    items.push(item('failed', 'red', t.failing(name, failed), { to: '/executions', search } as LinkProps));
  } else if (deadLetters > 0) {
    const link = { to: '/exceptions/dead-letters', search: { flow: flowId } } as LinkProps;
    items.push(item('letters', 'amber', t.letters(name, deadLetters), link));
  }
  if (queueDepth && oldestMs !== null && oldestMs > OLD_MS) {
    const link = { to: '/executions', search: { flow: flowId, status: 'running' } } as LinkProps;
    items.push(item('queue', 'amber', t.queued(name, queueDepth, formatDuration(oldestMs)), link));
  }
  if (inDoubt > 0)
    items.push(item('doubt', 'amber', t.doubt(name, inDoubt), { to: '/exceptions/in-doubt' } as LinkProps));
  return items;
}
