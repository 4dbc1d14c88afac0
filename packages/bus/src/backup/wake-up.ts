import { randomUUID } from 'node:crypto';
import type { LaneRecord } from '@crossdock/engine';
import { type RunBody, sendCommand } from '../commands.ts';
import { isTerminalStatus } from '../journal.ts';
import { decodeSnapshot } from '../journal-codec.ts';
import { decodeJson } from '../json.ts';
import type { Link } from '../link.ts';
import { addressOfJournalSubject, laneOfLaneSubject, runSubject } from '../names.ts';
import { publishPatiently } from '../publish-patiently.ts';

/** Triggers name their lease by a UUIDv7; other leases have tokens of other forms. */
const TRIGGER_TOKEN = /^[0-9a-f]{8}-[0-9a-f]{4}-7/;

/**
 * Sees that whatever a restored record of the journal or of a lane says has not ended is carried on. Who sleeps gets a wake-up with a token that is not its own: the
 * engine then arms timer and registrations again and lets it sleep on. Who ran under a timer or a command is told to go on, as
 * that may be younger or older than the record; who ran under a trigger gets it delivered again. A lane is driven under the token that claimed its
 * head: its triggers may all be acked, and the timer or command that drove it need not be in the backup.
 */
export async function wakeRestored(
  link: Link,
  { subject, data }: { subject: string; data: Uint8Array },
): Promise<void> {
  const lane = laneOfLaneSubject(subject);
  const record = lane && (decodeJson(data) as LaneRecord | undefined);
  if (lane && record) {
    const address = { env: lane.env, flowId: lane.flowId, executionId: record.head.executionId };
    return sendCommand(link, address, { type: 'drain', lane: lane.lane }, record.via);
  }
  const address = addressOfJournalSubject(subject);
  const snapshot = address && decodeSnapshot(data);
  if (!address || !snapshot || isTerminalStatus(snapshot.status)) return;
  if (snapshot.asleep) {
    await publishPatiently(link, runSubject(address), JSON.stringify({ token: randomUUID() } satisfies RunBody));
  } else if (!TRIGGER_TOKEN.test(snapshot.lease)) {
    await sendCommand(link, address, { type: 'resume' }, snapshot.lease);
  }
}
