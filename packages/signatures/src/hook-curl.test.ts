import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hookCurl } from './hook-curl.ts';
import { SCHEME_NAMES } from './schemes.ts';

const url = 'http://127.0.0.1:4400/hooks/dev/shop';
const body = JSON.stringify({ note: "it's ü $HOME `x` \\n" });
const secret = `whsec_${Buffer.from('a secret of 24 bytes or so').toString('base64')}`;

/** What curl would send, by a shell that runs the lines with a curl that only notes its arguments. */
function sent(config: Record<string, unknown>): { headers: Record<string, string>; rest: string[] } {
  const dir = mkdtempSync(join(tmpdir(), 'crossdock-curl-'));
  writeFileSync(join(dir, 'curl'), `#!/bin/sh\nfor a in "$@"; do printf '%s\\0' "$a"; done > "${dir}/args"\n`, {
    mode: 0o755,
  });
  const lines = hookCurl({ url, method: 'POST', config, body }).replace("SECRET='…'", `SECRET='${secret}'`);
  execFileSync('sh', ['-c', lines], { env: { ...process.env, PATH: `${dir}:${process.env.PATH}` } });
  const args = readFileSync(join(dir, 'args'), 'utf8').split('\0').slice(0, -1);
  const headers = args.flatMap((arg, at) =>
    args[at - 1] === '-H' ? [arg.split(/: (.*)/s, 2) as [string, string]] : [],
  );
  return { headers: Object.fromEntries(headers), rest: args };
}
const hmac = (encoding: 'hex' | 'base64', key: string | Buffer, content: string) =>
  createHmac('sha256', key).update(content).digest(encoding);

describe('the lines that call a hook', () => {
  test.each(['none', ...SCHEME_NAMES])('%s: send the body as it is', (authentication) => {
    const { rest } = sent({ authentication });
    expect(rest[rest.indexOf('--data-binary') + 1]).toBe(body);
    expect(rest).toContain('content-type: application/json');
  });

  test('sign as each scheme does', () => {
    const { headers: standard } = sent({ authentication: 'standard-webhooks' });
    const key = Buffer.from(secret.slice(6), 'base64');
    const content = `${standard['webhook-id']}.${standard['webhook-timestamp']}.${body}`;
    expect(standard['webhook-signature']).toBe(`v1,${hmac('base64', key, content)}`);
    const base64 = hmac('base64', secret, body);
    expect(sent({ authentication: 'shopify' }).headers['x-shopify-hmac-sha256']).toBe(base64);
    expect(sent({ authentication: 'shopify', signatureHeader: 'X-Own' }).headers['X-Own']).toBe(base64);
    expect(sent({ authentication: 'woocommerce' }).headers['x-wc-webhook-signature']).toBe(base64);
    expect(sent({ authentication: 'github' }).headers['x-hub-signature-256']).toBe(
      `sha256=${hmac('hex', secret, body)}`,
    );
    const [, time, hex] =
      /^t=(\d+),v1=(\w+)$/.exec(sent({ authentication: 'stripe' }).headers['stripe-signature'] ?? '') ?? [];
    expect(hex).toBe(hmac('hex', secret, `${time}.${body}`));
  });

  test('carry the credential where the hook looks for it', () => {
    expect(sent({ authentication: 'basic' }).rest).toContain(`USER:${secret}`);
    expect(sent({ authentication: 'bearer' }).headers.authorization).toBe(`Bearer ${secret}`);
    expect(sent({ authentication: 'api-key', apiKeyName: 'X-Key' }).headers['X-Key']).toBe(secret);
    const inQuery = sent({ authentication: 'api-key', apiKeyIn: 'query', apiKeyName: 'key' });
    expect(inQuery.rest).toContain(`${url}?key=${secret}`);
  });
});
