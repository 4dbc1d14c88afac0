import type { RecordedAction } from '@crossdock/api-contract';
import type { Kysely } from 'kysely';
import { storableJson, storableText, type Tables } from '../store/index.ts';
import { differingParts } from './differing-parts.ts';
import { withoutSecrets } from './without-secrets.ts';

/** Who did it, and from where. */
export interface AuditActor {
  /** `nobody`: someone who is not signed in; `system`: this installation by itself. */
  readonly kind: 'person' | 'api-key' | 'system' | 'nobody';
  readonly id: string | null;
  readonly name: string;
  readonly address?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** What changed. */
export interface AuditedChange {
  /** Of the thing that was changed; its kind is the first half of the action. */
  readonly id: string;
  /** What people call it, where the id does not say. */
  readonly name?: string | undefined;
  readonly env?: string | undefined;
  /** The thing as it was and as it is, as people may see it; one side alone where it was made or removed. Only what differs is kept. */
  readonly before?: unknown;
  readonly after?: unknown;
}

const RECORDED = Symbol('recorded');

/** That a change was recorded, or that there was nothing to record: an answer of a changing route needs one. */
export interface Recorded {
  readonly [RECORDED]: true;
}

const RECEIPT: Recorded = { [RECORDED]: true };

/** Says that a request changed nothing. */
export const nothingChanged = (): Recorded => RECEIPT;

/** Writes the row of one change; with `tx` in the change's own transaction. */
export type RecordChange = (change: AuditedChange, tx?: Kysely<Tables>) => Promise<Recorded>;

const MAX_SIDE_LENGTH = 64 * 1024;
const MAX_AGENT_LENGTH = 300;

/** Adds a row to the audit: the one place where that is done. Secrets are dots in it, and of a long document only what changed is kept. */
export async function recordAudit(
  db: Kysely<Tables>,
  { by, action, id, name, env, before, after }: AuditedChange & { by: AuditActor; action: RecordedAction },
): Promise<Recorded> {
  const hidden = { before: withoutSecrets(before), after: withoutSecrets(after) };
  const isChange = before !== undefined && after !== undefined;
  const differing = isChange ? differingParts(hidden.before, hidden.after) : hidden;
  await db
    .insertInto('audit')
    .values({
      at: new Date(),
      actor_kind: by.kind,
      actor_id: by.id,
      actor_name: storableText(by.name, 320),
      action,
      thing_id: storableText(id, 500),
      thing_name: name === undefined ? null : storableText(name, 500),
      env: env ?? null,
      before: sideOf(differing?.before),
      after: sideOf(differing?.after),
      address: by.address === undefined ? null : storableText(by.address, 100),
      user_agent: by.userAgent === undefined ? null : storableText(by.userAgent, MAX_AGENT_LENGTH),
    })
    .execute();
  return RECEIPT;
}

/** Records what the installation does by itself. */
export function recordedBySystem(db: Kysely<Tables>, action: RecordedAction): RecordChange {
  const by: AuditActor = { kind: 'system', id: null, name: 'Crossdock' };
  return (change, tx = db) => recordAudit(tx, { ...change, by, action });
}

function sideOf(value: unknown): string | null {
  if (value === undefined) return null;
  const text = storableJson(value);
  return text.length <= MAX_SIDE_LENGTH ? text : JSON.stringify({ $cut: text.length });
}
