import type { BlobPort, HttpAnswer } from '@crossdock/connector-sdk';
import { FlowError, isFlowError } from '@crossdock/errors';
import { parsePayload } from '@crossdock/payload';

/** Types whose text is worth showing and mapping. */
const TEXT_TYPE = /^text\/|[/+]xml$|^application\/(xml|javascript|x-www-form-urlencoded|x-ndjson|yaml|edi[a-z0-9-]*)$/;

/** The answer's body as a payload: JSON as its value, nothing as null, anything else as a blob. */
export async function bodyOf(remote: string, answer: HttpAnswer, blobs: BlobPort): Promise<unknown> {
  if (answer.body.byteLength === 0) return null;
  const header = answer.headers['content-type'] ?? 'application/octet-stream';
  const type = header.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || type.endsWith('+json')) return jsonOf(remote, answer.body);
  const $blob = await blobs.put(answer.body, header);
  return TEXT_TYPE.test(type) ? { $blob, text: decoded(answer.body, header) } : { $blob };
}

function jsonOf(remote: string, body: Uint8Array): unknown {
  try {
    return parsePayload(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    const reason = isFlowError(cause) ? cause.message : 'it is not UTF-8';
    throw new FlowError('REMOTE_ANSWER_INVALID', { details: { remote, reason }, cause });
  }
}

/** By the charset that the header names, else UTF-8; wrong bytes become U+FFFD. */
export function decoded(body: Uint8Array, contentType: string): string {
  const label = /charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}
