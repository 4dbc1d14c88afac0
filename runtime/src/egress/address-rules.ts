import { BlockList, isIP } from 'node:net';

/**
 * Addresses that are not the public internet: private, loopback, link-local (cloud metadata), carrier NAT, multicast, reserved, and
 * the IPv6 ranges that carry IPv4 inside (NAT64, 6to4, Teredo, mapped, compatible). IANA special-purpose registries.
 */
const NOT_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
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
  '::/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
] as const;

/** Says whether a host name (before it is resolved) and an address (after) may be called at a port. */
export interface AddressRules {
  /** The host is allowed by name, whatever it resolves to. `host` without brackets. */
  allowsName(host: string, port: number): boolean;
  allowsAddress(address: string, port: number): boolean;
}

/** @param allow hosts, `host:port`, `[v6]:port` or CIDRs that count as public */
export function addressRules(allow: readonly string[]): AddressRules {
  const denied = blockListOf(NOT_PUBLIC);
  const allowed = blockListOf(allow.filter((rule) => rule.includes('/')));
  const names = new Set(allow.filter((rule) => !rule.includes('/')).map(normalRule));
  const isNamed = (host: string, port: number) =>
    names.has(host.toLowerCase()) || names.has(`${host.toLowerCase()}|${port}`);
  return {
    allowsName: isNamed,
    allowsAddress(address, port) {
      const family = isIP(address);
      if (family === 0) return false;
      const kind = family === 6 ? 'ipv6' : 'ipv4';
      return isNamed(address, port) || allowed.check(address, kind) || !denied.check(address, kind);
    },
  };
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
  const name = bracketed ?? host ?? rule;
  return port === undefined ? name : `${name}|${port}`;
}
