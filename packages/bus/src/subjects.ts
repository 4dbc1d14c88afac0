import { busError } from './bus-errors.ts';
import { decodeJson } from './json.ts';
import { type Link, REQUEST_TIMEOUT_MS } from './link.ts';

/** Beyond any list of subjects: the server then says how many there are without naming one. */
const PAST_ALL = 1_000_000_000;

/** How many subjects that match the filter hold a message; the stream's leader answers. */
export async function countSubjects(link: Link, stream: string, filter: string): Promise<number> {
  try {
    link.requireConnected();
    // By hand: the client would go on to ask for the pages.
    const query = JSON.stringify({ subjects_filter: filter, offset: PAST_ALL });
    const answer = await link.nc.request(`$JS.API.STREAM.INFO.${stream}`, query, { timeout: REQUEST_TIMEOUT_MS });
    const info = decodeJson(answer.data) as { total?: number; error?: { description?: string } } | undefined;
    if (info === undefined || info.error) throw new Error(info?.error?.description ?? 'not an answer');
    return info.total ?? 0;
  } catch (cause) {
    throw busError(cause);
  }
}

/** The subjects that match the filter and hold a message; the stream's leader answers. */
export async function listSubjects(link: Link, stream: string, filter: string): Promise<string[]> {
  try {
    link.requireConnected();
    const { state } = await link.jsm.streams.info(stream, { subjects_filter: filter });
    return Object.keys(state.subjects ?? {});
  } catch (cause) {
    throw busError(cause);
  }
}
