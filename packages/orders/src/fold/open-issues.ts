import type { OrderEvent } from '../events/catalogue/index.ts';
import { stampOf } from '../events/stamp.ts';
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
  /** Who took charge of it. */
  readonly assignee?: string | undefined;
}

export interface Issues {
  readonly holds: readonly IssueState[];
  readonly exceptions: readonly IssueState[];
}

/** Holds and exceptions, sorted by id; of openings and closings of one id the highest stamp counts. */
export function issuesOf(events: readonly OrderEvent[]): Issues {
  const holds = new Registers<IssueState>();
  const exceptions = new Registers<IssueState>();
  const assignees = new Registers<string>();
  for (const event of events) {
    switch (event.type) {
      case 'com.platform.hold.placed.v1':
      case 'com.platform.hold.released.v1': {
        const { holdId: id, code, reason } = event.data;
        const isOpen = event.type === 'com.platform.hold.placed.v1';
        holds.state(id, stampOf(event), { id, code, isOpen, since: event.time, reason });
        break;
      }
      case 'com.platform.exception.raised.v1':
      case 'com.platform.exception.cleared.v1': {
        const { exceptionId: id, code, lineKey, reason } = event.data;
        const isOpen = event.type === 'com.platform.exception.raised.v1';
        exceptions.state(id, stampOf(event), { id, code, isOpen, since: event.time, lineKey, reason });
        break;
      }
      case 'com.platform.exception.assigned.v1':
        assignees.state(event.data.exceptionId, stampOf(event), event.data.assignee);
    }
  }
  return {
    holds: holds.sorted().map(([, hold]) => hold),
    exceptions: exceptions.sorted().map(([id, issue]) => ({ ...issue, assignee: assignees.get(id) })),
  };
}
