import type { DeadLetterPort } from '@crossdock/engine';
import type { Link } from './link.ts';
import { deadLetterSubject, HEADERS, SERVER_HEADERS } from './names.ts';
import { publishPatiently } from './publish-patiently.ts';

/** Dead letters on `DLQ`. The same failure put again (after a redelivery) is one message within the dedupe window, one row in the read model. */
export function createDeadLetters(link: Link): DeadLetterPort {
  return {
    put: (record) =>
      publishPatiently(link, deadLetterSubject(record.env, record.flowId, record.nodeId), JSON.stringify(record), {
        [SERVER_HEADERS.messageId]: `${record.executionId}:${record.failedAt}`,
        [HEADERS.executionId]: record.executionId,
      }),
  };
}
