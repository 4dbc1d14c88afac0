import { type CatalogueRow, row } from './row.ts';

/** The other system fails or refuses. */
export const remoteErrors = {
  REMOTE_BREAKER_OPEN: row(
    'calls to {remote} are paused after repeated failures',
    'after',
    503,
    'Nothing: calls go on when the system answers again.',
  ),
  REMOTE_UNAVAILABLE: row(
    '{remote} cannot be reached: {reason}',
    'backoff',
    502,
    'Check that the system is up, then replay.',
  ),
  REMOTE_ERROR: row('{remote} answered {status}', 'backoff', 502, 'Look into that system, then replay.'),
  REMOTE_TIMEOUT: row(
    '{remote} did not answer within {timeoutMs} ms',
    'backoff',
    504,
    'Raise the timeout or look into that system.',
  ),
  REMOTE_RATE_LIMITED: row('{remote} limits the rate of calls', 'after', 429, 'Lower the rate for this connection.'),
  REMOTE_REJECTED: row(
    '{remote} refused the request with {status}',
    'never',
    502,
    'Mend what the answer complains about, then replay.',
  ),
  REMOTE_ODOO_RULE: row(
    '{remote} refused {call}: {reason}',
    'never',
    422,
    'Mend in Odoo or in the data what it complains about, then replay.',
  ),
  REMOTE_ODOO_DIALOG: row(
    '{remote} asks back at {call} and has done nothing: {reason}',
    'never',
    422,
    'Do it in Odoo, or switch the question off there, then replay.',
  ),
  REMOTE_ODOO_MISSING: row(
    '{remote} misses records for {call}: {reason}',
    'never',
    422,
    'Look up which records there are: these were deleted, or belong to a company that the connection does not name.',
  ),
  REMOTE_ODOO_LOCKED: row(
    '{remote} holds records locked that {call} needs: {reason}',
    'backoff',
    409,
    'Nothing, unless it goes on: then see in Odoo who works on these records.',
  ),
  REMOTE_XREF_RESERVED: row(
    'another execution is making the id of {entity} "{id}" in {toSystem}',
    'backoff',
    409,
    'Nothing: it goes on when that one has linked the id, or its reservation has ended.',
  ),
  REMOTE_CANNOT_ROTATE: row(
    '{remote} makes no new credentials by its interface: {reason}',
    'never',
    502,
    'Make them there by hand, enter them at the connection with the day on which they end, check it, then take the old ones away there.',
  ),
  REMOTE_POSITION_LOST: row(
    '{remote} is not where it was left, so what changed since cannot be told: {reason}',
    'never',
    502,
    'See what was restored there, put right by hand what is missing or was sent twice, then deploy the flow again: it begins with what changes from then on.',
  ),
  REMOTE_ANSWER_INVALID: row(
    'the answer of {remote} cannot be read: {reason}',
    'never',
    502,
    'Compare the answer with what the node expects.',
  ),
} as const satisfies Record<string, CatalogueRow>;
