import { type CatalogueRow, row } from './row.ts';

/** Our own trouble. */
export const systemErrors = {
  SYSTEM_UNEXPECTED: row(
    'an unexpected error: {reason}',
    'redeliver',
    500,
    'Report it with the time and the execution id.',
  ),
  SYSTEM_BUS_UNAVAILABLE: row('the message bus cannot be reached', 'redeliver', 503, 'Send again in a moment.'),
  SYSTEM_BUS_FULL: row(
    'the message store is full',
    'redeliver',
    503,
    'Send again later; operators: free space or raise the limit.',
  ),
  SYSTEM_DATABASE_UNAVAILABLE: row('the database cannot be reached', 'redeliver', 503, 'Try again in a moment.'),
  SYSTEM_LEASE_LOST: row('another worker took the execution over', 'redeliver', 500, 'Nothing: it continues there.'),
  SYSTEM_STOPPING: row('this process is stopping', 'redeliver', 503, 'Send again in a moment.'),
} as const satisfies Record<string, CatalogueRow>;
