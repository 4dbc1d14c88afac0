const decoder = new TextDecoder();

/** JSON from bytes; undefined when they are none. Our own records only: inbound payloads go through `parsePayload`. */
export function decodeJson(data: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(data));
  } catch {
    return undefined;
  }
}
