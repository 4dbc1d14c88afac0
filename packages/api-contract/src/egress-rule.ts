/** What may be called although it is private: a host, at one port or at any, or a range of addresses at any port. */
export type EgressRule =
  | { readonly kind: 'host'; readonly host: string; readonly port?: number }
  | { readonly kind: 'range'; readonly address: string; readonly prefix: number; readonly family: 4 | 6 };

/** Where clouds hand out credentials to whoever asks from within. */
const CLOUD_METADATA = '169.254.169.254';
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

/** Whether a rule opens the address from which clouds hand out credentials, in IPv4. */
export function opensCloudMetadata(rule: EgressRule): boolean {
  if (rule.kind === 'host') return rule.host === CLOUD_METADATA;
  if (rule.family === 6) return false;
  const shift = 32 - rule.prefix;
  return shift === 32 || ipv4Number(rule.address) >>> shift === ipv4Number(CLOUD_METADATA) >>> shift;
}

function readRange(address: string, prefix: string): EgressRule | undefined {
  const family = familyOf(address);
  if (family === undefined || !/^\d{1,3}$/.test(prefix) || Number(prefix) > (family === 4 ? 32 : 128)) return undefined;
  return { kind: 'range', address, prefix: Number(prefix), family };
}

function familyOf(address: string): 4 | 6 | undefined {
  if (/^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(address))
    return address.split('.').every((part) => Number(part) <= 255) ? 4 : undefined;
  return /^[0-9a-f:.]*:[0-9a-f:.]*$/i.test(address) && URL.canParse(`http://[${address}]/`) ? 6 : undefined;
}

function ipv4Number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
