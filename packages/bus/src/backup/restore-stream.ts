import { inParallel } from '../in-parallel.ts';
import { decodeJson } from '../json.ts';
import type { Link } from '../link.ts';
import type { StreamSnapshot } from './read-stream.ts';
import { linesIn } from './stored-line.ts';

const PIECE_TIMEOUT_MS = 60_000;
/** The server reads the whole stream before it answers. */
const FINISH_TIMEOUT_MS = 600_000;
const PUBLISHES_AT_ONCE = 64;

/** Takes a stream's pieces one after the other. */
export interface StreamRestore {
  write(piece: Uint8Array): Promise<void>;
  finish(): Promise<void>;
}

/** Gives a snapshot back to the server, which makes the stream of it (`STREAM.RESTORE`). The stream must not exist. */
export async function restoreSnapshot(
  { nc }: Link,
  stream: string,
  { config, state }: StreamSnapshot['about'],
  replicas: number,
): Promise<StreamRestore> {
  const query = { config: { ...config, num_replicas: replicas }, state };
  const subject = `$JS.API.STREAM.RESTORE.${stream}`;
  const { deliver_subject: to } = await ask(subject, JSON.stringify(query), PIECE_TIMEOUT_MS);
  if (to === undefined) throw new Error(`restoring "${stream}": the server names no subject for it`);
  return {
    write: async (piece) => void (await ask(to, piece, PIECE_TIMEOUT_MS)),
    finish: async () => void (await ask(to, '', FINISH_TIMEOUT_MS)),
  };

  async function ask(to: string, data: Uint8Array | string, timeout: number): Promise<{ deliver_subject?: string }> {
    const answer = await nc.request(to, data, { timeout });
    if (answer.data.length === 0) return {};
    const said = decodeJson(answer.data) as { deliver_subject?: string; error?: { description: string } } | undefined;
    if (said === undefined || said.error)
      throw new Error(`restoring "${stream}": ${said?.error?.description ?? 'an answer that cannot be read'}`);
    return said;
  }
}

/** Stores lines anew, those of one subject in their order. The stream must exist and be empty. */
export function restoreLines(
  link: Link,
  see: (line: { subject: string; data: Uint8Array }) => Promise<void>,
): StreamRestore {
  return {
    async write(piece) {
      const bySubject = Map.groupBy(linesIn(piece), ({ subject }) => subject);
      await inParallel([...bySubject.values()], PUBLISHES_AT_ONCE, async (lines) => {
        for (const { subject, headers, data } of lines) {
          const bytes = Buffer.from(data, 'base64');
          await link.publish(subject, bytes, headers);
          await see({ subject, data: bytes });
        }
      });
    },
    finish: async () => undefined,
  };
}
