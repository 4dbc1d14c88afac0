import { isIP } from 'node:net';

/** An IPv6 prefix by its bytes, as far as they count. */
export interface Prefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

/** Where an IPv4 address stands behind a prefix of each length (RFC 6052 §2.2): byte 8 is left out. */
const EMBEDDED_AT: Readonly<Record<number, readonly [number, number, number, number]>> = {
  32: [4, 5, 6, 7],
  40: [5, 6, 7, 9],
  48: [6, 7, 9, 10],
  56: [7, 9, 10, 11],
  64: [9, 10, 11, 12],
  96: [12, 13, 14, 15],
};
const MAPPED: Prefix = { bytes: Uint8Array.from([...Array<number>(10).fill(0), 0xff, 0xff]), length: 96 };

/** A translation prefix such as `2001:db8:64::/96`; undefined for what RFC 6052 does not know. */
export function nat64Prefix(cidr: string): Prefix | undefined {
  const [address = '', digits = ''] = cidr.split('/');
  const length = /^\d{1,3}$/.test(digits) ? Number(digits) : -1;
  if (isIP(address) !== 6 || address.includes('%') || !(length in EMBEDDED_AT)) return undefined;
  return { bytes: ipv6Bytes(address).subarray(0, length / 8), length };
}

/**
 * The IPv4 address that is reached by this IPv6 one: mapped (`::ffff:…`), or behind a translation prefix. Undefined when it carries none, or
 * is no IPv6 address.
 */
export function ipv4Within(address: string, translations: readonly Prefix[]): string | undefined {
  if (isIP(address) !== 6 || address.includes('%')) return undefined;
  const bytes = ipv6Bytes(address);
  for (const prefix of [MAPPED, ...translations]) {
    if (!prefix.bytes.every((byte, at) => bytes[at] === byte)) continue;
    return (EMBEDDED_AT[prefix.length] ?? []).map((at) => bytes[at]).join('.');
  }
  return undefined;
}

function ipv6Bytes(address: string): Uint8Array {
  const [, head = address, ...quad] = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address) ?? [];
  const hex = (high: number, low: number) => (Number(quad[high]) * 256 + Number(quad[low])).toString(16);
  const text = quad.length === 0 ? address : `${head}${hex(0, 1)}:${hex(2, 3)}`;
  const [left = [], right = []] = text.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - left.length - right.length).fill('0');
  return Uint8Array.from(
    [...left, ...zeros, ...right].flatMap((group) => {
      const value = Number.parseInt(group, 16);
      return [value >> 8, value & 0xff];
    }),
  );
}
