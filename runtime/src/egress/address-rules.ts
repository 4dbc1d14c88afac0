import { BlockList, isIP } from 'node:net';
import { CLOUD_METADATA } from '@crossdock/api-contract';
import { ipv4Within, nat64Prefix } from './ip-address.ts';

/** IPv4 that is not the public internet: IANA's special-purpose registry, and the platform address of one cloud. */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16/32',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // IETF protocol assignments with Teredo and benchmarking, documentation, 6to4: within what is else public.
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
] as const;

/** All that IANA gives out to be public in IPv6; everything else is none. */
const PUBLIC_IPV6 = ['2000::/3'] as const;

/** Names that stand for this machine or for a cloud's metadata, whatever a resolver says they are. */
const NOT_PUBLIC_NAME =
  /(?:^|\.)(?:localhost|localhost\.localdomain|ip6-localhost|ip6-loopback)$|^(?:metadata|metadata\.goog|metadata\.google\.internal|instance-data|instance-data\.ec2\.internal)$/;

/** What nobody means when allowing a host by its name: cloud metadata, link-local, multicast, broadcast, unspecified. */
const NEVER_BY_NAME = [
  ...CLOUD_METADATA.map((address) => `${address}/${isIP(address) === 6 ? 128 : 32}`),
  '0.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '255.255.255.255/32',
  '::/128',
  'fd00:ec2::/32',
  'fe80::/10',
  'ff00::/8',
];

/** Ports of other protocols, which a request could be smuggled into (WHATWG Fetch §2.9, "port blocking"). */
const NOT_HTTP_PORTS: ReadonlySet<number> = new Set([
  ...[0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104],
  ...[109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526],
  ...[530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045],
  ...[4190, 5060, 5061, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211],
]);

/** RFC 6052 §2.1. */
const WELL_KNOWN_NAT64 = '64:ff9b::/96';

/** Says whether a host may be called. */
export interface AddressRules {
  /** @param host a name or a literal address @param address one of those it resolved to, or itself */
  allows(host: string, address: string, port: number): boolean;
}

export interface AddressRuleOptions {
  /** Hosts, `host:port`, `[v6]:port` or CIDRs that count as public. */
  readonly allow: readonly string[];
  /** Prefixes behind which this network reaches IPv4, beside the well-known one; each is judged by the IPv4 address it carries. */
  readonly nat64?: readonly string[];
  /** Ports of protocols other than HTTP are refused, but for hosts that `allow` holds. */
  readonly httpOnly?: boolean;
}

export function addressRules({ allow, nat64 = [], httpOnly = false }: AddressRuleOptions): AddressRules {
  const denied = blockListOf(NOT_PUBLIC);
  const publicIpv6 = blockListOf(PUBLIC_IPV6);
  const neverByName = blockListOf(NEVER_BY_NAME);
  const allowed = blockListOf(allow.filter((rule) => rule.includes('/')));
  const names = new Set(allow.filter((rule) => !rule.includes('/')).map(normalRule));
  const translations = [WELL_KNOWN_NAT64, ...nat64].map(nat64Prefix).filter((prefix) => prefix !== undefined);
  const isNamed = (host: string, port: number) => names.has(host) || names.has(`${host}|${port}`);

  return {
    allows(given, literal, port) {
      const address = literal.toLowerCase();
      // A zone names an interface of this machine.
      if (isIP(address) === 0 || address.includes('%') || port < 1 || port > 65_535) return false;
      const reached = ipv4Within(address, translations) ?? address;
      if (isNamed(address, port) || isNamed(reached, port) || isIn(allowed, address) || isIn(allowed, reached))
        return true;
      const host = normalHost(given);
      if (isNamed(host, port)) return !isIn(neverByName, reached);
      if (NOT_PUBLIC_NAME.test(host) || (httpOnly && NOT_HTTP_PORTS.has(port))) return false;
      return !isIn(denied, reached) && (isIP(reached) === 4 || isIn(publicIpv6, reached));
    },
  };
}

/** A host as rules name it: lower case, without brackets and without the dot of the root. */
export function normalHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '');
}

function isIn(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

function blockListOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** `[::1]:80` → `::1|80`, `ERP:8069` → `erp|8069`, `::1` and `erp` as they are. */
function normalRule(rule: string): string {
  if (isIP(rule) !== 0) return rule.toLowerCase();
  const [, bracketed, host, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  const name = normalHost(bracketed ?? host ?? rule);
  return port === undefined ? name : `${name}|${port}`;
}
