import { randomUUID } from 'node:crypto';
import type { BlobPort } from '@crossdock/connector-sdk';
import type { ChildEnd, ChildPort, ParentRef, TriggerRecord } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { readRecord } from './cas-record.ts';
import { type RunBody, sendCommand } from './commands.ts';
import { inParallel } from './in-parallel.ts';
import type { Link } from './link.ts';
import { bellSubject, childEndSubject, HEADERS, runSubject, SERVER_HEADERS, triggerSubject } from './names.ts';
import { publishPatiently, storeOnce } from './publish-patiently.ts';
import { STREAMS } from './streams.ts';
import { countSubjects, listSubjects } from './subjects.ts';
import { scheduleFields } from './timers.ts';
import { writeTrigger } from './trigger-codec.ts';

/** How long the end of a child is told. */
const END_TTL_S = 30 * 86_400;
/** The bell of a parent of many rings when no child has ended for so long. */
const BELL_DELAY_MS = 200;
const READS_AT_ONCE = 64;

/** Children's triggers on `EVT`, their ends on `WAIT`. Everything here may be done again without harm. */
export function createChildren(link: Link, blobs: BlobPort): ChildPort {
  return {
    start: (child) => startChild(link, blobs, child),
    async ended(parent, end) {
      await storeOnce(link, childEndSubject(parent, end.index), JSON.stringify(end), {
        [SERVER_HEADERS.ttl]: `${END_TTL_S}s`,
      });
      await ring(link, parent);
    },
    countEnds: (parent) => countSubjects(link, STREAMS.waits, childEndSubject(parent, '*')),
    async readEnds(parent) {
      const subjects = await listSubjects(link, STREAMS.waits, childEndSubject(parent, '*'));
      const ends = await inParallel(subjects, READS_AT_ONCE, async (subject) => {
        const stored = await readRecord<ChildEnd>(link, { stream: STREAMS.waits, subject });
        return stored?.value;
      });
      return ends.filter((end) => end !== undefined).sort((a, b) => a.index - b.index);
    },
  };
}

/** A child stands in no lane, also of a flow that keeps order: its parent waits for it, whoever else comes. */
async function startChild(link: Link, blobs: BlobPort, child: TriggerRecord): Promise<void> {
  const { env, flowId, executionId } = child;
  const subject = triggerSubject({ env, flowId, executionId });
  const { text, payloadAt } = await writeTrigger(blobs, child);
  const isNew = await storeOnce(link, subject, text, {
    [HEADERS.executionId]: executionId,
    [HEADERS.payloadAt]: payloadAt?.toString(),
    [HEADERS.revision]: String(child.revision),
  });
  if (isNew) return;
  const there = (await link.last(STREAMS.triggers, subject))?.header.get(HEADERS.executionId);
  if (there !== undefined && there !== executionId)
    throw new FlowError('SYSTEM_UNEXPECTED', { details: { reason: `${subject} belongs to execution ${there}` } });
}

/**
 * An only child rings at once. Of many, each end puts the bell off: the last one's rings, and thousands of ends ring a few times. A bell that
 * fires while it is put off comes after the end that put it off, so none is missed.
 */
async function ring(link: Link, parent: ParentRef): Promise<void> {
  const address = { env: parent.env, flowId: parent.flowId, executionId: parent.executionId };
  if (parent.count === 1) return sendCommand(link, address, { type: 'bell' });
  const body: RunBody = { token: randomUUID(), command: { type: 'bell' } };
  await publishPatiently(
    link,
    bellSubject(parent.executionId),
    JSON.stringify(body),
    scheduleFields(new Date(Date.now() + BELL_DELAY_MS), runSubject(address)),
  );
}
