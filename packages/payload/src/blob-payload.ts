/** A body that is not JSON, as it stands in a payload: where its bytes rest, and its text for text types. */
export interface BlobPayload {
  readonly $blob: {
    readonly ref: string;
    readonly contentType: string;
    readonly size: number;
    readonly sha256: string;
  };
  readonly text?: string;
}

const TEXT_TYPE =
  /^(?:text\/|application\/(?:[\w.+-]+\+)?(?:xml|json|yaml|x-www-form-urlencoded|edifact|edi-x12|sql|graphql|javascript)(?:$|;))/i;

/** True for content types whose body reads as text: text, XML, EDI, forms and their relatives. */
export function isTextType(contentType: string): boolean {
  return TEXT_TYPE.test(contentType.trim());
}

/** The payload for bytes that were put away as `blob`: text types carry their text, decoded by their charset (UTF-8 if none is known). */
export function toBlobPayload(blob: BlobPayload['$blob'], bytes: Uint8Array): BlobPayload {
  if (!isTextType(blob.contentType)) return { $blob: blob };
  return { $blob: blob, text: decoderFor(blob.contentType).decode(bytes) };
}

function decoderFor(contentType: string): { decode(bytes: Uint8Array): string } {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}
