import { existsSync, statSync } from 'node:fs';
import { readEgressRule } from '@crossdock/api-contract';
import { nat64Prefix } from '../egress/ip-address.ts';

/** A kind of value: how it is read from text (undefined = not allowed) and the words for what is allowed. */
export interface Kind<T> {
  readonly allowed: string;
  read(text: string): T | undefined;
}

export const text = (what: string): Kind<string> => ({ allowed: what, read: (given) => given });

export const integer = (from: number, to: number): Kind<number> => ({
  allowed: `a whole number from ${from} to ${to}`,
  read: (given) =>
    /^\d{1,15}$/.test(given) && Number(given) >= from && Number(given) <= to ? Number(given) : undefined,
});

export const oneOf = <const T extends readonly string[]>(words: T): Kind<T[number]> => ({
  allowed: words.join(', '),
  read: (given) => words.find((word) => word === given),
});

/** A comma list without repeats. */
export const oneOrMoreOf = <const T extends readonly string[]>(words: T): Kind<T[number][]> => ({
  allowed: `a comma list of ${words.join(', ')}`,
  read(given) {
    const found = listOf(given).map((item) => words.find((word) => word === item));
    return found.length > 0 && found.every((item) => item !== undefined) ? [...new Set(found)] : undefined;
  },
});

export const url = (protocols: readonly string[]): Kind<string> => ({
  allowed: `a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
  read: (given) => (URL.canParse(given) && isServer(new URL(given), protocols) ? given : undefined),
});

/** A comma list of servers; without a scheme the first protocol is meant. */
export const urls = (protocols: readonly string[]): Kind<URL[]> => ({
  allowed: `a comma list of servers, each beginning with ${protocols.map((protocol) => `${protocol}//`).join(', ')}`,
  read(given) {
    const found = listOf(given).map((item) => (item.includes('://') ? item : `${protocols[0]}//${item}`));
    if (found.length === 0 || !found.every((item) => URL.canParse(item))) return undefined;
    const parsed = found.map((item) => new URL(item));
    return parsed.every((server) => isServer(server, protocols)) ? parsed : undefined;
  },
});

export const existingFile = (): Kind<string> => ({
  allowed: 'the path of a file that exists',
  read: (given) => (existsSync(given) && statSync(given).isFile() ? given : undefined),
});

export const email = (): Kind<string> => ({
  allowed: 'an e-mail address',
  read: (given) => (given.length <= 320 && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(given) ? given.toLowerCase() : undefined),
});

export const secretText = (from: number, to: number): Kind<string> => ({
  allowed: `${from} to ${to} characters`,
  read: (given) => (given.length >= from && given.length <= to ? given : undefined),
});

export const bytes32 = (): Kind<Uint8Array> => ({
  allowed: '32 bytes in base64 (openssl rand -base64 32)',
  read(given) {
    if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(given)) return undefined;
    const bytes = Buffer.from(given, 'base64');
    return bytes.length === 32 ? new Uint8Array(bytes) : undefined;
  },
});

/** Several of them, divided by commas. */
export const listOfBytes32 = (): Kind<Uint8Array[]> => ({
  allowed: 'a comma list of keys, each 32 bytes in base64',
  read(given) {
    const keys = listOf(given).map(bytes32().read);
    return keys.every((key) => key !== undefined) ? keys : undefined;
  },
});

/** `key=value` divided by commas, values percent-encoded, as W3C Baggage and OpenTelemetry write them. */
export const keyValueList = (): Kind<Record<string, string>> => ({
  allowed: 'a comma list of key=value, with commas, = and % in values percent-encoded',
  read(given) {
    const pairs = listOf(given).map(keyValue);
    return pairs.every((pair) => pair !== undefined) ? Object.fromEntries(pairs) : undefined;
  },
});

/** The same, of what HTTP takes as headers. */
export const headerList = (): Kind<Record<string, string>> => ({
  allowed: 'a comma list of header=value such as authorization=Bearer%20abc, values percent-encoded',
  read(given) {
    const headers = keyValueList().read(given);
    return headers && Object.entries(headers).every(isHeader) ? headers : undefined;
  },
});

/** Hosts, `host:port`, `[v6]:port` or CIDRs. */
export const egressRules = (): Kind<string[]> => ({
  allowed: 'a comma list of hosts, host:port or CIDRs such as 10.1.0.0/16',
  read(given) {
    const rules = listOf(given);
    return rules.every((rule) => readEgressRule(rule) !== undefined) ? rules : undefined;
  },
});

/** Translation prefixes as RFC 6052 knows them. */
export const nat64Prefixes = (): Kind<string[]> => ({
  allowed: 'a comma list of IPv6 prefixes of 32, 40, 48, 56, 64 or 96 bits such as 2001:db8:64::/96',
  read(given) {
    const prefixes = listOf(given);
    return prefixes.every((prefix) => nat64Prefix(prefix) !== undefined) ? prefixes : undefined;
  },
});

function keyValue(item: string): [string, string] | undefined {
  const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(item) ?? [];
  try {
    return key.trim() === '' ? undefined : [decodeURIComponent(key.trim()), decodeURIComponent(value.trim())];
  } catch {
    return undefined;
  }
}

/** RFC 9110 §5: a token, and no control characters in the value. */
function isHeader([name, value]: [string, string]): boolean {
  return /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function isServer(parsed: URL, protocols: readonly string[]): boolean {
  return protocols.includes(parsed.protocol) && parsed.hostname !== '';
}

function listOf(given: string): string[] {
  return given
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
