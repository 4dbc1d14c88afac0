import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import type { AddressRules } from './address-rules.ts';

/** Every address of a name, as this machine resolves it. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

/** `code` of the error that a refused address ends with. */
export const BLOCKED = 'EGRESS_BLOCKED';

export const systemResolve: Resolve = async (host) => promisify(lookup)(host, { all: true });

/**
 * The error of a literal address that may not be called; undefined for one that may, and for names, which `guardedLookup` checks. Literal
 * addresses never reach a `lookup`.
 */
export function blockedLiteral(rules: AddressRules, host: string, port: number): Error | undefined {
  return isIP(host) !== 0 && !rules.allows(host, host, port) ? blocked(host) : undefined;
}

/**
 * Resolves once and hands on what it checked, so a name that resolves differently the second time gains nothing. One address among
 * several that may not be called refuses them all.
 */
export function guardedLookup(rules: AddressRules, port: number, resolve: Resolve): LookupFunction {
  return (host, { all, family }, callback) => {
    resolve(host).then(
      (found) => {
        if (found.length === 0)
          return callback(Object.assign(new Error(`${host} has no address`), { code: 'ENOTFOUND' }), []);
        if (found.some(({ address }) => !rules.allows(host, address, port))) return callback(blocked(host), []);
        const wanted = found.filter((one) => !family || String(family).endsWith(String(one.family)));
        const [first] = wanted.length > 0 ? wanted : found;
        if (all || !first) callback(null, [...(wanted.length > 0 ? wanted : found)]);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, []),
    );
  };
}

function blocked(host: string): Error & { code: string } {
  return Object.assign(new Error(`calls to ${host} are not allowed`), { code: BLOCKED });
}
