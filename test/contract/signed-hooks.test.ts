import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFlow, plainFlow } from '../fixtures/flows.ts';
import { type RunningRuntime, startRuntime } from '../fixtures/runtime.ts';

const SECRET = 'canary-of-the-shop-1b7e';
const NEXT_SECRET = 'canary-of-the-shop-9c2f';
let runtime: RunningRuntime;
let connection: { id: string };

beforeAll(async () => {
  runtime = await startRuntime();
  connection = await runtime.json('POST', '/api/v1/connections', {
    ...{ env: 'dev', name: 'shop', type: 'hook-secret', settings: {}, credentials: { secret: SECRET } },
  });
  const flow = plainFlow('signed', 'signed', { webhook: { response: 'accepted', authentication: 'shopify' } });
  const [hook, ...others] = flow.nodes;
  await deployFlow(runtime, { ...flow, nodes: [{ ...hook, connection: 'shop' }, ...others] } as typeof flow);
});
afterAll(() => runtime.stop());

const signatureOf = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('base64');

function call(body: string, signature?: string): Promise<Response> {
  const proof = signature === undefined ? {} : { 'x-shopify-hmac-sha256': signature };
  const headers = { 'content-type': 'application/json', ...proof };
  return fetch(`${runtime.url}/hooks/dev/signed`, { method: 'POST', headers, body });
}

it('a hook takes what its sender signed, once, and nothing else', async () => {
  const body = '{"id":820982911946154508,"note":"grüße"}';
  const signed = () => call(body, signatureOf(body, SECRET));
  await expect.poll(async () => (await signed()).status, { timeout: 30_000 }).toBe(202);
  const idOf = async (response: Response) => ((await response.json()) as { executionId: string }).executionId;
  expect(await idOf(await signed())).toBe(await idOf(await signed()));
  for (const refused of [await call(body), await call(`${body} `, signatureOf(body, SECRET)), await call(body, 'x')]) {
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: 'API_HOOK_REFUSED', instance: '/hooks/dev/signed' });
  }
});

it('its secret changes over without a gap and is answered nowhere', async () => {
  const path = `/api/v1/connections/${connection.id}`;
  await runtime.json('PUT', path, { settings: {}, credentials: { secret: NEXT_SECRET, previousSecret: SECRET } });
  const send = async (secret: string, n: number) => {
    const body = JSON.stringify({ id: `${secret}${n}`.length, n, secret: secret.length });
    return (await call(body, signatureOf(body, secret))).status;
  };
  await expect.poll(() => send(NEXT_SECRET, Math.random()), { timeout: 10_000 }).toBe(202);
  expect(await send(SECRET, Math.random())).toBe(202);
  await runtime.json('PUT', path, { settings: {}, credentials: { previousSecret: null } });
  await expect.poll(() => send(SECRET, Math.random()), { timeout: 10_000 }).toBe(401);
  expect(await send(NEXT_SECRET, Math.random())).toBe(202);
  for (const url of ['/api/v1/connections', path, '/api/v1/executions?env=dev&flowId=signed', '/api/v1/audit'])
    expect(await (await runtime.api('GET', url)).text()).not.toContain('canary-of-the-shop');
});
