import { randomUUID } from 'node:crypto';
import { openJsonLines } from './json-lines.ts';
import { hashOf } from './order-store.ts';

/** A document that somebody made in a system of the sandbox. */
export interface StoredDocument {
  /** System and type, such as `wms/shipments`. */
  readonly place: string;
  readonly id: string;
  /** Under which it was made, and what was sent then. */
  readonly key?: { readonly name: string; readonly bodyHash: string };
  readonly document: Fields;
}

type Fields = Readonly<Record<string, unknown>>;

/** What is to be made: what its maker sent, and what the system adds. */
export interface NewDocument {
  readonly place: string;
  readonly sent: Fields;
  readonly added?: Fields;
  /** One key and one body make one document. */
  readonly idempotencyKey?: string | undefined;
}

/** Documents in a file of JSON lines, each on disk before its call returns. */
export interface Documents {
  /** A repeat under a key gives the first; another body under it undefined. */
  make(document: NewDocument): Promise<StoredDocument | undefined>;
  /** Changes some fields; undefined where there is no such document. */
  change(place: string, id: string, fields: Fields): Promise<StoredDocument | undefined>;
  /** In the order in which they were made. */
  all(place: string): readonly StoredDocument[];
  close(): Promise<void>;
}

export async function openDocuments(path: string): Promise<Documents> {
  const lines = await openJsonLines<StoredDocument>(path);
  const documents = new Map<string, StoredDocument>();
  const byKey = new Map<string, Promise<StoredDocument>>();
  const take = (stored: StoredDocument): void => {
    documents.set(`${stored.place}/${stored.id}`, stored);
    if (stored.key) byKey.set(`${stored.place} ${stored.key.name}`, Promise.resolve(stored));
  };
  for (const stored of lines.found) take(stored);
  const write = async (stored: StoredDocument): Promise<StoredDocument> => {
    await lines.append(stored);
    take(stored);
    return stored;
  };
  return {
    async make({ place, sent, added = {}, idempotencyKey }) {
      const id = randomUUID();
      const document = { ...sent, ...added, id };
      if (idempotencyKey === undefined) return write({ place, id, document });
      const key = { name: idempotencyKey, bodyHash: hashOf(sent) };
      const name = `${place} ${idempotencyKey}`;
      const known = byKey.get(name);
      if (known) return (await known).key?.bodyHash === key.bodyHash ? known : undefined;
      const made = write({ place, id, key, document });
      byKey.set(name, made);
      // What could not be written was not made: the key is free again.
      made.catch(() => byKey.delete(name));
      return made;
    },
    async change(place, id, fields) {
      const known = documents.get(`${place}/${id}`);
      return known && write({ ...known, document: { ...known.document, ...fields, id } });
    },
    all: (place) => [...documents.values()].filter((one) => one.place === place),
    close: () => lines.close(),
  };
}
