import type { OrderEvent } from '../events/catalogue/index.ts';
import { schemaIdOf, typeOf } from '../events/define-event.ts';
import type { EventProblem } from '../events/event-problems.ts';

type Name = 'exception.raised' | 'exception.cleared' | 'exception.assigned' | 'exception.commented' | 'hold.released';
type DataOf<One extends Name> = Extract<OrderEvent, { type: `com.platform.${One}.v1` }>['data'];

export interface ExceptionStatement {
  readonly orderKey: string;
  /** Of the exception or hold. */
  readonly id: string;
  /** Rules give a higher one than that of what was said before, so that it counts whatever the clocks of sources say. */
  readonly rev: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Who says so by hand; undefined for what rules say. */
  readonly by?: string | undefined;
}

/** Exceptions of rules have ids of their own kind, so that nobody clears what another raised. */
const PREFIX = 'rule:';

const MAX_ABOUT = 200;

/** Id of the exception that a rule makes about something; the same again when it comes back. */
export function exceptionIdOf(code: string, about: string | undefined): string {
  return about === undefined ? `${PREFIX}${code}` : `${PREFIX}${code}:${short(about)}`;
}

export const isOfRules = (exceptionId: string): boolean => exceptionId.startsWith(PREFIX);

const ABOUT_EXCEPTIONS: ReadonlySet<string> = new Set(
  (['exception.raised', 'exception.cleared', 'exception.assigned', 'exception.commented'] as const).map(typeOf),
);

/**
 * What is wrong with an event that a flow or another system gives, and that names an exception of a rule: only rules, and people by the
 * order's page, speak of those.
 */
export function ruleIdProblem({ type, data }: { type: string; data?: unknown }): EventProblem | undefined {
  if (!ABOUT_EXCEPTIONS.has(type) || typeof data !== 'object' || data === null) return undefined;
  const { exceptionId } = data as { exceptionId?: unknown };
  if (typeof exceptionId !== 'string' || !isOfRules(exceptionId)) return undefined;
  return {
    field: 'data.exceptionId',
    message: `data.exceptionId begins with "${PREFIX}", which is kept for the exceptions of rules`,
    fix: `Give it an id of your own that does not begin with "${PREFIX}".`,
  };
}

/** An event about an exception, or a hold that is lifted by hand. Its id is made from what it says, so that saying it again is a repeat. */
export function exceptionEvent<One extends Name>(
  name: One,
  { orderKey, id, rev, time, by }: ExceptionStatement,
  data: Omit<DataOf<One>, 'exceptionId' | 'holdId' | 'rev'>,
): OrderEvent {
  const at = new Date(time).toISOString();
  const thing = name === 'hold.released' ? 'holdId' : 'exceptionId';
  const said = { [thing]: id, rev, reportedBy: by === undefined ? 'platform' : 'person', ...data };
  const words = [orderKey, id, rev, name.slice(name.indexOf('.') + 1), at, ...(by === undefined ? [] : [by])];
  return {
    specversion: '1.0',
    id: words.join(':'),
    source: by === undefined ? '//rules' : '//people',
    type: typeOf(name),
    subject: `order/${orderKey}`,
    time: at,
    datacontenttype: 'application/json',
    dataschema: schemaIdOf(name),
    partitionkey: orderKey,
    data: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  } as unknown as OrderEvent;
}

/** Long keys are cut, and told apart by a checksum (FNV-1a). */
function short(about: string): string {
  if (about.length <= MAX_ABOUT) return about;
  let hash = 0x811c9dc5;
  for (const letter of about) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return `${about.slice(0, MAX_ABOUT)}~${hash.toString(16)}`;
}
