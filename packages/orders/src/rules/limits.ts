import { durationText } from '@crossdock/flow-model';
import type { BusinessCalendar } from '../calendar/business-calendar.ts';
import { addWorkingTime, workingDaysOf } from '../calendar/working-time.ts';
import type { Span } from './rule.ts';

const MINUTE_MS = 60_000;

/** The instant at which a span that begins at `from` is over. Milliseconds since 1970. */
export function endOf(from: number, { minutes, counting = 'clock' }: Span, calendar: BusinessCalendar): number {
  const ms = minutes * MINUTE_MS;
  if (counting === 'clock') return from + ms;
  return addWorkingTime(counting === 'working-hours' ? calendar : workingDaysOf(calendar), from, ms);
}

/** As people read it: "4 h of working time". */
export function spanText({ minutes, counting = 'clock' }: Span): string {
  const length = durationText(minutes * MINUTE_MS);
  if (counting === 'clock') return length;
  return `${length} ${counting === 'working-hours' ? 'of working time' : 'of working days'}`;
}
