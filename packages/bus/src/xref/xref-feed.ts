import type { Feed, StoredXref } from '../bus.ts';
import { createFeed } from '../feed.ts';
import { decodeJson } from '../json.ts';
import type { Link } from '../link.ts';
import { envOfXrefSubject, XREF_RECORDS_FILTER } from '../names.ts';
import { type RestingXref, XREF_STREAM } from './xref-records.ts';

/** Records of cross-references, for their searchable view. Of each the feed may see only the newest. */
export const createXrefFeed = (link: Link): Feed<StoredXref> =>
  createFeed(link, [
    {
      stream: XREF_STREAM,
      filter: XREF_RECORDS_FILTER,
      decode({ subject, data, storedAtNs }) {
        const env = envOfXrefSubject(subject);
        const value = decodeJson(data) as RestingXref | undefined;
        if (env === undefined || typeof value !== 'object' || value === null) return [];
        const { recordId, entity, ids, reservations, rev } = value;
        const storedAt = new Date(Number(BigInt(storedAtNs || '0') / 1_000_000n));
        return [{ env, rev, storedAt, record: { recordId, entity, ids, reservations } }];
      },
    },
  ]);
