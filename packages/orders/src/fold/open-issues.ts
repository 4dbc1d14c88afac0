import type { OrderEvent } from '../events/catalogue/index.ts';
import { compareStamps, stampOf } from '../events/stamp.ts';
import { Registers } from './register.ts';

/** A hold or an exception of the order, by its id. */
export interface IssueState {
  readonly id: string;
  /** Such as CREDIT or UNKNOWN_SKU. */
  readonly code: string;
  readonly isOpen: boolean;
  /** When it was opened or, for one that is not open, closed. RFC 3339. */
  readonly since: string;
  readonly lineKey?: string | undefined;
  readonly reason?: string | undefined;
  /** Revision of what was said of it last; what is said next has a higher one. */
  readonly rev: number;
}

/** What somebody noted about an exception. */
export interface Comment {
  /** RFC 3339. */
  readonly at: string;
  readonly by: string;
  readonly text: string;
}

export interface ExceptionState extends IssueState {
  /** As it was raised last. */
  readonly severity?: Severity | undefined;
  /** Who is to see to such things. */
  readonly owner?: string | undefined;
  /** By when it should be settled. RFC 3339. */
  readonly dueAt?: string | undefined;
  /** RFC 3339. */
  readonly raisedAt?: string | undefined;
  /** How often it was raised. */
  readonly occurrences: number;
  /** Who took charge of it. */
  readonly assignee?: string | undefined;
  /** Who settled it by hand; undefined while it is open, and when it passed by itself. */
  readonly settledBy?: string | undefined;
  /** The oldest first. */
  readonly comments: readonly Comment[];
}

type EventNamed<Name extends string> = Extract<OrderEvent, { type: `com.platform.${Name}.v1` }>;
type Raised = EventNamed<'exception.raised'>;
export type Severity = NonNullable<Raised['data']['severity']>;

export interface Issues {
  readonly holds: readonly IssueState[];
  readonly exceptions: readonly ExceptionState[];
}

/** Holds and exceptions, sorted by id; of openings and closings of one id the highest stamp counts. */
export function issuesOf(events: readonly OrderEvent[]): Issues {
  const holds = new Registers<IssueState>();
  const exceptions = new Registers<Raised | EventNamed<'exception.cleared'>>();
  const raises = new Registers<Raised>();
  const occurrences = new Map<string, number>();
  const assignees = new Registers<string>();
  const comments = new Map<string, EventNamed<'exception.commented'>[]>();
  for (const event of events) {
    switch (event.type) {
      case 'com.platform.hold.placed.v1':
      case 'com.platform.hold.released.v1': {
        const { holdId: id, code, reason, rev = 0 } = event.data;
        const isOpen = event.type === 'com.platform.hold.placed.v1';
        holds.state(id, stampOf(event), { id, code, isOpen, since: event.time, reason, rev });
        break;
      }
      case 'com.platform.exception.raised.v1': {
        const { exceptionId: id } = event.data;
        raises.state(id, stampOf(event), event);
        occurrences.set(id, (occurrences.get(id) ?? 0) + 1);
        exceptions.state(id, stampOf(event), event);
        break;
      }
      case 'com.platform.exception.cleared.v1':
        exceptions.state(event.data.exceptionId, stampOf(event), event);
        break;
      case 'com.platform.exception.assigned.v1':
        assignees.state(event.data.exceptionId, stampOf(event), event.data.assignee);
        break;
      case 'com.platform.exception.commented.v1': {
        const { exceptionId: id } = event.data;
        comments.set(id, [...(comments.get(id) ?? []), event]);
      }
    }
  }
  return {
    holds: holds.sorted().map(([, hold]) => hold),
    exceptions: exceptions.sorted().map(([id, last]) => ({
      ...exceptionOf(last, raises.get(id)),
      occurrences: occurrences.get(id) ?? 0,
      assignee: assignees.get(id),
      comments: commentsOf(comments.get(id) ?? []),
    })),
  };
}

function exceptionOf(
  last: Raised | EventNamed<'exception.cleared'>,
  raise: Raised | undefined,
): Omit<ExceptionState, 'occurrences' | 'assignee' | 'comments'> {
  const { exceptionId: id, code, reason, rev = 0 } = last.data;
  return {
    id,
    code,
    isOpen: last.type === 'com.platform.exception.raised.v1',
    since: last.time,
    lineKey: last.data.lineKey ?? raise?.data.lineKey,
    reason,
    rev,
    severity: raise?.data.severity,
    owner: raise?.data.owner,
    dueAt: raise?.data.dueAt,
    raisedAt: raise?.time,
    settledBy: last.type === 'com.platform.exception.cleared.v1' ? last.data.by : undefined,
  };
}

function commentsOf(events: readonly EventNamed<'exception.commented'>[]): Comment[] {
  return events
    .toSorted((a, b) => compareStamps(stampOf(a), stampOf(b)))
    .map(({ time, data: { by, text } }) => ({ at: time, by, text }));
}
