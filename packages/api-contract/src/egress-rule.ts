/** What may be called although it is private: a host, at one port or at any, or a range of addresses at any port. */
export type EgressRule =
  | { readonly kind: 'host'; readonly host: string; readonly port?: number }
  | { readonly kind: 'range'; readonly address: string; readonly prefix: number; readonly family: 4 | 6 };

/** Where clouds hand out credentials of a machine or a container to whoever asks from within. */
export const CLOUD_METADATA = [
  // AWS, Azure, Google and most others.
  '169.254.169.254',
  // AWS: tasks of ECS, pods of EKS.
  '169.254.170.2',
  '169.254.170.23',
  // Azure's host, Alibaba, Oracle.
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  // The same in IPv6: AWS, pods of EKS, Google, Scaleway, OpenStack.
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
  'fd00:42::42',
  'fe80::a9fe:a9fe',
] as const;
/** Prefixes of IPv6 addresses that stand for an IPv4 one: mapped (RFC 4291 §2.5.5.2) and NAT64 (RFC 6052 §2.1). */
const IPV4_WITHIN = ['::ffff:', '64:ff9b::'];
const HOST_AND_PORT = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::(\d{1,5}))?$/i;

/** Reads `host`, `host:port`, `[v6]:port`, an address or a CIDR; undefined for anything else. */
export function readEgressRule(text: string): EgressRule | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0) return undefined;
  if (prefix !== undefined) return readRange(address, prefix);
  if (familyOf(text) === 6) return { kind: 'host', host: text };
  const [, v6, name, port] = HOST_AND_PORT.exec(text) ?? [];
  const host = v6 ?? name;
  if (host === undefined || (v6 !== undefined && familyOf(v6) !== 6)) return undefined;
  if (port === undefined) return { kind: 'host', host };
  return Number(port) >= 1 && Number(port) <= 65_535 ? { kind: 'host', host, port: Number(port) } : undefined;
}

/** The first address that a rule opens of those from which clouds hand out credentials, as `CLOUD_METADATA` writes it. */
export function cloudMetadataIn(rule: EgressRule): (typeof CLOUD_METADATA)[number] | undefined {
  const address = rule.kind === 'host' ? rule.host : rule.address;
  const family = familyOf(address);
  if (family === undefined) return undefined;
  const rest = rule.kind === 'host' ? 0 : bitsOf(family) - rule.prefix;
  const network = numberOf(address) >> BigInt(rest);
  return CLOUD_METADATA.find((metadata) =>
    formsOf(metadata).some((form) => familyOf(form) === family && numberOf(form) >> BigInt(rest) === network),
  );
}

function readRange(address: string, prefix: string): EgressRule | undefined {
  const family = familyOf(address);
  if (family === undefined || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bitsOf(family)) return undefined;
  return { kind: 'range', address, prefix: Number(prefix), family };
}

function familyOf(address: string): 4 | 6 | undefined {
  if (/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(address))
    return address.split('.').every((part) => Number(part) <= 255) ? 4 : undefined;
  return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(address) && URL.canParse(`http://[${address}]/`) ? 6 : undefined;
}

const bitsOf = (family: 4 | 6): number => (family === 4 ? 32 : 128);

/** The addresses by which one is reached. */
function formsOf(address: string): string[] {
  return familyOf(address) === 6 ? [address] : [address, ...IPV4_WITHIN.map((prefix) => prefix + address)];
}

/** An address of either family as a number. */
function numberOf(address: string): bigint {
  if (familyOf(address) === 4) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  // The URL parser writes all forms of an address in one: hexadecimal groups, the longest run of zeros left out.
  const [head = '', tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split('::');
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''));
  const zeros = Array<string>(8 - left!.length - right!.length).fill('0');
  return [...left!, ...zeros, ...right!].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
