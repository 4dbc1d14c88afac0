import { isIP } from 'node:net';
import { type AddressRules, normalHost } from './address-rules.ts';
import { blockedLiteral } from './guarded-lookup.ts';
import { byEnvironment, type EgressOptions } from './rules-by-environment.ts';

/** Says ahead of any call whether an environment refuses an origin such as `http://10.0.0.5:8080` or `smtp://[::1]:25`. */
export type EgressForesight = (env: string, origin: string) => boolean;

const HTTP_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 };
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * Judges by the rules of the guard itself, without asking a resolver: literal addresses, and `localhost`, which is this machine by RFC 6761
 * §6.3. Any other name is taken for allowed here; the guard looks it up when it is called. So is what is no origin with a port.
 */
export function createForesight(options: EgressOptions): EgressForesight {
  const keep = { make: (rules: AddressRules) => rules, release: () => undefined };
  const ofHttp = byEnvironment(options, { httpOnly: true }, keep);
  const ofSockets = byEnvironment(options, { httpOnly: false }, keep);
  return (env, origin) => {
    if (!URL.canParse(origin)) return false;
    const { protocol, hostname, port: written } = new URL(origin);
    const usual = HTTP_PORTS[protocol];
    const port = written === '' ? usual : Number(written);
    if (port === undefined) return false;
    return isRefused((usual === undefined ? ofSockets : ofHttp)(env), normalHost(hostname), port);
  };
}

function isRefused(rules: AddressRules, host: string, port: number): boolean {
  if (isIP(host) !== 0) return blockedLiteral(rules, host, port) !== undefined;
  return /(?:^|\.)localhost$/.test(host) && LOOPBACK.every((address) => !rules.allows(host, address, port));
}
