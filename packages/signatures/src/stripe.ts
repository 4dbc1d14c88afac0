import type { KeyObject } from 'node:crypto';
import { hmacOf, matchOf } from './hmac.ts';
import { timeProblem } from './timestamp.ts';
import { onlyHeader, refused, type Verifier } from './verdict.ts';

/** More than a sender has secrets; each costs a comparison. */
const MAX_SIGNATURES = 16;

/** Checks `t=<seconds>,v1=<hex>[,v1=<hex>…]`: HMAC-SHA256 over `<t>.<body>`. Other versions in it say nothing. */
export function stripeVerifier(keys: readonly KeyObject[], header: string, toleranceMs: number): Verifier {
  return (head) => {
    const found = onlyHeader(head, header);
    if ('refusal' in found) return found.refusal;
    const parts = found.value.split(',').map((part) => part.trim().split('='));
    const valuesOf = (name: string) => parts.filter(([key]) => key === name).map(([, value = '']) => value);
    const [times, given] = [valuesOf('t'), valuesOf('v1').map((text) => text.toLowerCase())];
    const [time] = times;
    if (time === undefined || times.length > 1 || given.length === 0 || given.length > MAX_SIGNATURES)
      return refused('malformed');
    const problem = timeProblem(time, head, toleranceMs);
    if (problem) return problem;
    return (body) => {
      const match = matchOf(
        keys.map((key) => hmacOf(key, [`${time}.`, body], 'hex')),
        given,
      );
      return match === undefined ? refused('mismatch') : { ok: true, once: match };
    };
  };
}
