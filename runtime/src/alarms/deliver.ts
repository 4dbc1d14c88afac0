import { randomUUID } from 'node:crypto';
import type { AlarmNotice, AlarmTarget } from '@crossdock/api-contract';
import type { HttpPort } from '@crossdock/connector-sdk';
import type { SmtpConnection } from '@crossdock/connectors/mail-server';
import { errorToJson, type FlowError, toFlowError } from '@crossdock/errors';
import type { Connections } from '../connections/index.ts';
import type { GuardedConnect } from '../egress/index.ts';
import type { Logger } from '../log.ts';
import { type Database, storableJson } from '../store/index.ts';
import { sendEmail } from './send-email.ts';
import { sendWebhook } from './send-webhook.ts';

export interface DeliverOptions {
  db: Database;
  connections: Pick<Connections, 'open'>;
  /** The guarded ways out of an environment. */
  http: (env: string) => HttpPort;
  connect: (env: string) => GuardedConnect;
  log: Logger;
  now?: () => number;
}

const ATTEMPTS = 8;
const FIRST_RETRY_MS = 10_000;
const LAST_RETRY_MS = 3_600_000;
const SEND_TIMEOUT_MS = 20_000;
const BATCH = 20;

/** Sends what is due, one after the other; what fails comes again with growing delays, eight times in all. Gives how many were tried. */
export async function deliverDue(options: DeliverOptions, stopping: AbortSignal): Promise<number> {
  const { db, now = Date.now } = options;
  const due = await db.kysely
    .selectFrom('alarm_deliveries')
    .innerJoin('alarm_channels', 'alarm_channels.channel_id', 'alarm_deliveries.channel_id')
    .select(['delivery_id', 'notice', 'attempts', 'target'])
    .where('status', '=', 'pending')
    .where('due_at', '<=', new Date(now()))
    .orderBy('due_at')
    .limit(BATCH)
    .execute();
  for (const { delivery_id, notice, attempts, target } of due) {
    if (stopping.aborted) break;
    await attempt(options, {
      deliveryId: delivery_id,
      notice,
      target,
      attempts: attempts + 1,
      isLast: attempts + 1 >= ATTEMPTS,
    });
  }
  return due.length;
}

/** Sends a test notice at once, one attempt. Gives the delivery's id; how it went stands in its row. */
export async function sendTest(
  options: DeliverOptions,
  { channelId, target, notice }: { channelId: string; target: AlarmTarget; notice: AlarmNotice },
): Promise<string> {
  const { db, now = Date.now } = options;
  const deliveryId = randomUUID();
  const at = new Date(now());
  await db.kysely
    .insertInto('alarm_deliveries')
    .values({
      ...{ delivery_id: deliveryId, channel_id: channelId, event: 'test', notice: storableJson(notice) },
      // Nobody else is to send it: it is not due before this attempt has its end.
      ...{ status: 'failed', due_at: at, created_at: at },
    })
    .execute();
  await attempt(options, { deliveryId, notice, target, attempts: 1, isLast: true });
  return deliveryId;
}

interface Attempt {
  deliveryId: string;
  notice: AlarmNotice;
  target: AlarmTarget;
  attempts: number;
  isLast: boolean;
}

async function attempt(
  options: DeliverOptions,
  { deliveryId, notice, target, attempts, isLast }: Attempt,
): Promise<void> {
  const { db, log, now = Date.now } = options;
  const error = await send(options, { deliveryId, notice, target }).then(
    () => undefined,
    (thrown: unknown) => toFlowError(thrown),
  );
  const isOver = !error || isLast || !mayPass(error);
  const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
  await db.kysely
    .updateTable('alarm_deliveries')
    .set({
      status: error ? (isOver ? 'failed' : 'pending') : 'sent',
      attempts,
      due_at: new Date(now() + (isOver ? 0 : delayMs)),
      error: error ? storableJson(errorToJson(error)) : null,
      ended_at: isOver ? new Date(now()) : null,
    })
    .where('delivery_id', '=', deliveryId)
    .execute();
  if (error)
    log.warn(
      { deliveryId, rule: notice.rule, attempts, code: error.code, reason: error.message },
      'an alarm was not delivered',
    );
}

async function send(
  { connections, http, connect, now = Date.now }: DeliverOptions,
  { deliveryId, notice, target }: Pick<Attempt, 'deliveryId' | 'notice' | 'target'>,
): Promise<void> {
  const { kind, env, to = [], path } = target;
  const signal = AbortSignal.timeout(SEND_TIMEOUT_MS);
  const type = kind === 'email' ? 'smtp' : 'http';
  const connection = await connections.open(env, target.connection, [type]);
  if (kind === 'email')
    await sendEmail(
      connection as unknown as SmtpConnection,
      { to, notice, id: deliveryId },
      { connect: connect(env), signal },
    );
  else await sendWebhook(connection, { notice, id: deliveryId, path }, { http: http(env), signal, nowMs: now() });
}

/** A connection may be mended, a receiver may come back; a refusal stays one. */
function mayPass({ code }: FlowError): boolean {
  return code !== 'REMOTE_REJECTED';
}
