import { describe, expect, it } from 'vitest';
import { isTextType, toBlobPayload } from './blob-payload.ts';

const blob = (contentType: string) => ({ ref: 'r', contentType, size: 3, sha256: 'h' });

describe('toBlobPayload', () => {
  it('carries the text of text types, in their charset', () => {
    expect(toBlobPayload(blob('text/csv'), new TextEncoder().encode('ä;b'))).toEqual({
      $blob: blob('text/csv'),
      text: 'ä;b',
    });
    expect(toBlobPayload(blob('text/plain; charset=iso-8859-1'), Uint8Array.of(0xe4)).text).toBe('ä');
    expect(toBlobPayload(blob('text/plain; charset="nonsense"'), Uint8Array.of(0x61)).text).toBe('a');
  });

  it('carries no text for the others', () => {
    expect(toBlobPayload(blob('application/pdf'), Uint8Array.of(1))).toEqual({ $blob: blob('application/pdf') });
  });
});

describe('isTextType', () => {
  it.each(['text/xml', 'application/xml', 'application/soap+xml; charset=utf-8', 'application/edifact', 'Text/HTML'])(
    'is true for %s',
    (type) => expect(isTextType(type)).toBe(true),
  );
  it.each(['application/octet-stream', 'image/png', 'application/xmlish', 'application/zip', ''])(
    'is false for %s',
    (type) => expect(isTextType(type)).toBe(false),
  );
});
