import type { ConnectionManifest } from './define-connection-type.ts';

/** The origins that the settings name, each once and in order: what credentials are bound to. What names no address is passed over. */
export function hostsOf(
  { hosts }: Pick<ConnectionManifest, 'hosts'>,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  const named = hosts.flatMap((source) => {
    if ('url' in source) return [settings[source.url]].flat().map(originOf);
    const [host, port] = [settings[source.host], settings[source.port]];
    if (typeof host !== 'string' || host === '') return [];
    return [`${source.scheme}://${bracketed(host.toLowerCase())}${port === undefined ? '' : `:${port}`}`];
  });
  return [...new Set(named.filter((origin) => origin !== undefined))].sort();
}

/** `https://erp.example.com` of an http(s) address; undefined for anything else. */
export function originOf(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
  const { protocol, origin } = new URL(url);
  return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
}

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
