import type { Session } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { RecordChange, Recorded } from '../audit/index.ts';
import type { Database } from '../store/index.ts';

/** Where people are signed in. */
export interface Sessions {
  /** Last seen first. */
  list(userId: string, currentId: string | undefined): Promise<Session[]>;
  /** Throws `API_NOT_FOUND` for what is no session of this person. */
  end(userId: string, sessionId: string, record: RecordChange): Promise<Recorded>;
  endOthers(userId: string, currentId: string | undefined, record: RecordChange): Promise<Recorded>;
  /** Notes that a session is in use, at most once a minute. */
  touch(session: { id: string; updatedAt: Date }, from: SessionOrigin): Promise<void>;
  /** Notes where a session begins. */
  begin(token: string, from: SessionOrigin): Promise<void>;
}

export interface SessionOrigin {
  address: string | undefined;
  userAgent: string | undefined;
}

const TOUCH_EVERY_MS = 60_000;
const MAX_AGENT_LENGTH = 300;

export function createSessions(db: Database): Sessions {
  const { kysely } = db;
  const columnsOf = ({ address, userAgent }: SessionOrigin) => ({
    ipAddress: address ?? null,
    userAgent: userAgent?.slice(0, MAX_AGENT_LENGTH) ?? null,
  });
  return {
    async list(userId, currentId) {
      const rows = await kysely
        .selectFrom('session')
        .selectAll()
        .where('userId', '=', userId)
        .where('expiresAt', '>', new Date())
        .orderBy('updatedAt', 'desc')
        .execute();
      return rows.map((row) => ({
        sessionId: row.id,
        address: row.ipAddress,
        userAgent: row.userAgent,
        createdAt: row.createdAt.toISOString(),
        lastSeenAt: row.updatedAt.toISOString(),
        current: row.id === currentId,
      }));
    },
    async end(userId, sessionId, record) {
      return db.transaction(async (tx) => {
        const ended = await tx
          .deleteFrom('session')
          .where('userId', '=', userId)
          .where('id', '=', sessionId)
          .returning(['ipAddress', 'userAgent'])
          .executeTakeFirst();
        if (!ended) throw new FlowError('API_NOT_FOUND', { details: { what: 'session', id: sessionId } });
        return record({ id: userId, before: { address: ended.ipAddress, userAgent: ended.userAgent } }, tx);
      });
    },
    async endOthers(userId, currentId, record) {
      return db.transaction(async (tx) => {
        let others = tx.deleteFrom('session').where('userId', '=', userId);
        if (currentId !== undefined) others = others.where('id', '<>', currentId);
        const ended = await others.returning('id').execute();
        return record({ id: userId, before: { sessions: ended.length } }, tx);
      });
    },
    async touch({ id, updatedAt }, from) {
      if (Date.now() - updatedAt.getTime() < TOUCH_EVERY_MS) return;
      await kysely
        .updateTable('session')
        .set({ updatedAt: new Date(), ...columnsOf(from) })
        .where('id', '=', id)
        .execute();
    },
    async begin(token, from) {
      await kysely.updateTable('session').set(columnsOf(from)).where('token', '=', token).execute();
    },
  };
}
