/** PostgreSQL's types whose arrays can be written here, by the numbers that its catalogue gives them. */
const OIDS = {
  bool: 16,
  bytea: 17,
  int4: 23,
  text: 25,
  json: 114,
  float8: 701,
  timestamptz: 1184,
  uuid: 2950,
  jsonb: 3802,
};

export type ElementType = keyof typeof OIDS;

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UUID_BYTES = 16;
const JSONB_VERSION = 1;
/** 2000-01-01 in milliseconds since 1970: where PostgreSQL begins to count. */
const EPOCH_MS = 946_684_800_000;
const MICROS_PER_MS = 1_000n;

/**
 * An array in PostgreSQL's own binary form, which drivers send as they send bytes: nobody has to write, escape and read it as text, which for bytes
 * and JSON costs more than storing them. Null and undefined are null, JSON is its text, times are `Date`. Throws `RangeError` for a time that is
 * none and a number that does not fit, `TypeError` for what is no UUID.
 */
export function binaryArray(values: readonly unknown[], type: ElementType): Uint8Array {
  const sizes = values.map((value) => (isNull(value) ? 0 : sizeOf(value, type)));
  const size = sizes.reduce((sum, one) => sum + one, HEADER_BYTES + LENGTH_BYTES * values.length);
  // Not out of a pool: a message to another thread would carry all of it.
  const bytes = Buffer.from(new ArrayBuffer(size));
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(values.some(isNull) ? 1 : 0, 4);
  bytes.writeInt32BE(OIDS[type], 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  let at = HEADER_BYTES;
  for (const [place, value] of values.entries()) {
    const length = sizes[place] ?? 0;
    at = bytes.writeInt32BE(isNull(value) ? -1 : length, at);
    if (!isNull(value)) write(bytes, at, value, type);
    at += length;
  }
  return bytes;
}

const isNull = (value: unknown): boolean => value === null || value === undefined;

function sizeOf(value: unknown, type: ElementType): number {
  switch (type) {
    case 'bool':
      return 1;
    case 'int4':
      return 4;
    case 'float8':
    case 'timestamptz':
      return 8;
    case 'uuid':
      return UUID_BYTES;
    case 'bytea':
      return (value as Uint8Array).length;
    case 'text':
    case 'json':
      return Buffer.byteLength(value as string);
    case 'jsonb':
      return 1 + Buffer.byteLength(value as string);
  }
}

function write(bytes: Buffer, at: number, value: unknown, type: ElementType): void {
  switch (type) {
    case 'bool':
      bytes[at] = value ? 1 : 0;
      return;
    case 'int4':
      bytes.writeInt32BE(value as number, at);
      return;
    case 'float8':
      bytes.writeDoubleBE(value as number, at);
      return;
    case 'timestamptz':
      bytes.writeBigInt64BE(BigInt((value as Date).getTime() - EPOCH_MS) * MICROS_PER_MS, at);
      return;
    case 'uuid':
      if (bytes.write((value as string).replaceAll('-', ''), at, 'hex') !== UUID_BYTES)
        throw new TypeError(`"${value}" is no UUID`);
      return;
    case 'bytea':
      bytes.set(value as Uint8Array, at);
      return;
    case 'text':
    case 'json':
      bytes.write(value as string, at);
      return;
    case 'jsonb':
      bytes[at] = JSONB_VERSION;
      bytes.write(value as string, at + 1);
  }
}
