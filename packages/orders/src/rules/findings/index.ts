import { endOf } from '../limits.ts';
import type { Cause } from '../rule.ts';
import { answerFindings, refusalFindings, replyFindings } from './edi.ts';
import { type Finding, isInWork, type Look } from './finding.ts';
import { missedFindings } from './promises.ts';
import { firstScanFindings, nextScanFindings, noticeFindings } from './shipments.ts';
import { nearFindings, stageFindings } from './stages.ts';

export type { Finding } from './finding.ts';

/** Where a cause of a rule is there, now or at a later time. */
export function findingsOf(cause: Cause, look: Look): Finding[] {
  const { state, rule } = look;
  switch (cause.kind) {
    case 'stage':
      return stageFindings(cause, look);
    case 'promise near':
      return nearFindings(cause, look);
    case 'promise missed':
      return missedFindings(cause, look);
    case 'first scan':
      return firstScanFindings(cause, look);
    case 'next scan':
      return nextScanFindings(cause, look);
    case 'notice':
      return noticeFindings(cause, look);
    case 'answer':
      return answerFindings(cause, look);
    case 'refusal':
      return refusalFindings(look);
    case 'reply':
      return replyFindings(cause, look);
    case 'hold':
      return state.holds
        .filter(() => isInWork(state))
        .filter(({ code, isOpen }) => isOpen && code === cause.code)
        .map(({ id, since, reason }) => ({
          about: id,
          raiseAt: endOf(Date.parse(since), cause.within, rule.calendar),
          reason: `held since ${since}${reason === undefined ? '' : `: ${reason}`}`,
        }));
    case 'condition':
      return state.conditions
        .filter(({ code }) => code === cause.code)
        .map(({ about, since, detail }) => ({
          about,
          raiseAt: endOf(Date.parse(since), cause.within, rule.calendar),
          reason: detail,
        }));
    case 'reported':
      return [];
  }
}
