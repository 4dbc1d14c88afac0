import type { ReplyPort } from '@crossdock/engine';
import { createInbox } from '@nats-io/nats-core';
import type { Acceptance } from './bus.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';

export type ReplyMessage = NonNullable<Acceptance['reply']>;

/** Waits for `respond` answers: one wildcard subscription, told apart by execution id. */
export interface ReplyInbox {
  /** Where the worker sends the answer of this execution. */
  subjectFor(executionId: string): string;
  /** Begins to listen; `reply` resolves with the answer, or never. */
  expect(executionId: string): { reply: Promise<ReplyMessage>; forget(): void };
  close(): void;
}

/** Subscribes on first use, so that a process without hooks holds no subscription. */
export function createReplyInbox(link: Link): ReplyInbox {
  const prefix = createInbox('fl.reply');
  const waiting = new Map<string, (reply: ReplyMessage) => void>();
  let subscription: ReturnType<Link['nc']['subscribe']> | undefined;
  return {
    subjectFor: (executionId) => `${prefix}.${executionId}`,
    expect(executionId) {
      subscription ??= link.nc.subscribe(`${prefix}.*`, {
        callback: (error, message) => {
          if (error) return;
          const reply = decodeJson(message.data);
          if (isReply(reply)) waiting.get(message.subject.slice(prefix.length + 1))?.(reply);
        },
      });
      const reply = new Promise<ReplyMessage>((resolve) => waiting.set(executionId, resolve));
      return { reply, forget: () => waiting.delete(executionId) };
    },
    close() {
      subscription?.unsubscribe();
    },
  };
}

/** The worker's side: a core NATS message, which nobody may hear. */
export function createReplyPort(link: Link): ReplyPort {
  return {
    reply(replyTo, reply) {
      if (!link.isConnected()) return;
      try {
        link.nc.publish(replyTo, JSON.stringify(reply));
      } catch (error) {
        // Larger than the server takes: the ingress finds it in the journal instead.
        link.log.warn({ replyTo, reason: String(error) }, 'an answer could not be sent');
      }
    },
  };
}

function isReply(value: unknown): value is ReplyMessage {
  if (typeof value !== 'object' || value === null) return false;
  return 'ended' in value || typeof (value as { status?: unknown }).status === 'number';
}
