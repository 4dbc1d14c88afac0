import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBackupCommand } from '../fixtures/backup-commands.ts';
import { type Canary, findCanaries, type Hay } from '../fixtures/canaries.ts';
import { askingFlow, calledFlow, callingFlow, partsFlow } from '../fixtures/canary-flows.ts';
import { type CanaryTarget, startCanaryTarget } from '../fixtures/canary-target.ts';
import { dumpBackup, dumpFiles, dumpStreams, dumpTables } from '../fixtures/dump.ts';
import { deployFlow } from '../fixtures/flows.ts';
import {
  ADMIN_EMAIL,
  ADMIN_KEY,
  ADMIN_PASSWORD,
  eventually,
  type RunningRuntime,
  startRuntime,
} from '../fixtures/runtime.ts';

/** What no mask covers: it must be found wherever payloads rest, or this test looks at nothing. */
const CONTROL: Canary = { name: 'control', core: 'Ctl7Wq2ZpX9m', value: 'control "Ctl7Wq2ZpX9m"' };
const REASON = 'Ticket Rsn4Kd8VbN3s of support';

const email: Canary = { name: 'masked e-mail', core: 'Eml5Xr9TgB2k', value: 'ann+Eml5Xr9TgB2k&"ü"@example.test' };
const phone: Canary = { name: 'masked phone', core: 'Phn8Jw3YcL6v', value: '+49 (0) Phn8Jw3YcL6v/7' };
const edited: Canary = {
  name: 'masked e-mail of a replay',
  core: 'Edt2Hs7PnQ4f',
  value: 'bob+Edt2Hs7PnQ4f@example.test',
};
const decided: Canary = {
  name: 'masked e-mail of a decision',
  core: 'Dcd6Ft1MzR8j',
  value: 'eve+Dcd6Ft1MzR8j@example.test',
};
const tried: Canary = {
  name: 'masked e-mail of a test run',
  core: 'Trd9Gk4WxC5h',
  value: 'kim+Trd9Gk4WxC5h@example.test',
};
const apiKey: Canary = { name: 'API key of a connection', core: 'Key3Vb6NmS1d', value: 'key/Key3Vb6NmS1d+=&"x"' };
const signing: Canary = {
  ...{ name: 'signing secret', core: 'Sgn1Lp5QyD7w' },
  value: `whsec_${Buffer.from('signs-Sgn1Lp5QyD7w-0123456789').toString('base64')}`,
};
const header = (name: string, core: string): Canary => ({ name: `header ${name}`, core, value: `Value ${core}/=+` });
const SENT_HEADERS = {
  authorization: header('authorization', 'Ath4Zc8RtF2g'),
  cookie: header('cookie', 'Ckb7Nx3JwG9l'),
  'x-api-key': header('x-api-key', 'Xak2Sm6KdH5y'),
};
const token: Canary = { name: 'token in a query', core: 'Tkn5Bv9HqJ3c', value: 'Tkn5Bv9HqJ3c' };
const mailPassword: Canary = { name: 'password of a mail server', core: 'Mpw6Rd2TkF8n', value: 'mail &Mpw6Rd2TkF8n"' };
const password: Canary = { name: 'password of a person', core: ADMIN_PASSWORD, value: ADMIN_PASSWORD };
const adminKey: Canary = { name: 'API key of a person', core: ADMIN_KEY, value: ADMIN_KEY };
const CANARIES = [
  ...[email, phone, edited, decided, tried, apiKey, signing, token, mailPassword, password, adminKey],
  ...Object.values(SENT_HEADERS),
];

const payload = (orderNo: string, mail = email.value) => ({
  ...{ orderNo, note: CONTROL.value, customer: { email: mail, phone: phone.value } },
  text: `Please call ${phone.value} or write to ${mail}.`,
  // Large enough to be compressed wherever that is done.
  pad: 'pad '.repeat(2000),
});

interface Row {
  executionId: string;
  status: string;
  keys: Record<string, unknown>;
}

describe('a secret that came in', () => {
  let folder: string;
  let runtime: RunningRuntime;
  let target: CanaryTarget;
  let viewerKey: string;
  const ids = { ok: '', fail: '', doubt: '', parts: '' };
  const hay: Record<string, Hay[]> = {};

  const rows = (query: string) => runtime.json<{ items: Row[] }>('GET', `/api/v1/executions?env=dev&${query}`);
  const ended = (executionId: string, status: string) =>
    eventually(`${executionId} ${status}`, 60_000, async () => {
      const row = await runtime.api('GET', `/api/v1/executions/${executionId}`);
      return row.ok && ((await row.json()) as Row).status === status;
    });

  async function send(flowId: string, orderNo: string): Promise<string> {
    const headers = Object.fromEntries(Object.entries(SENT_HEADERS).map(([name, { value }]) => [name, value]));
    const query = `token=${token.value}&mail=${encodeURIComponent(email.value)}`;
    const answer = await fetch(`${runtime.url}/hooks/dev/${flowId}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-note': CONTROL.core, ...headers },
      body: JSON.stringify(payload(orderNo)),
    });
    expect(answer.status).toBe(202);
    return ((await answer.json()) as { executionId: string }).executionId;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crossdock-canary-'));
    target = await startCanaryTarget({ known: email.value });
    runtime = await startRuntime({
      dataDir: join(folder, 'data'),
      keepOutputChars: 50_000_000,
      env: {
        CROSSDOCK_LOG_LEVEL: 'trace',
        CROSSDOCK_EGRESS_ALLOW: new URL(target.url).host,
        OTEL_EXPORTER_OTLP_ENDPOINT: `${target.url}/otlp`,
      },
    });
    await plant();
    await dump();
  }, 600_000);
  afterAll(async () => {
    await runtime?.stop();
    await target?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Everything that a secret may go through. */
  async function plant(): Promise<void> {
    const { json } = runtime;
    const connection = (name: string, settings: object, credentials: object) =>
      json('POST', '/api/v1/connections', {
        ...{ env: 'dev', name, type: 'http', credentials, settings: { baseUrl: target.url, ...settings } },
      });
    await connection('target', { auth: 'api-key' }, { apiKey: apiKey.value });
    await connection('alarms', {}, { signingSecret: signing.value });
    const { channelId } = await json<{ channelId: string }>('POST', '/api/v1/alarm-channels', {
      name: 'alarms',
      target: { kind: 'webhook', env: 'dev', connection: 'alarms', path: '/alarm' },
    });
    await json('POST', '/api/v1/connections', {
      ...{ env: 'dev', name: 'mail', type: 'smtp', credentials: { password: mailPassword.value } },
      settings: {
        host: '127.0.0.1',
        port: Number(new URL(target.url).port),
        security: 'none',
        user: 'me',
        from: 'a@b.test',
      },
    });
    // A mail server that speaks HTTP: what becomes of it is told.
    const mail = await json<{ channelId: string }>('POST', '/api/v1/alarm-channels', {
      name: 'mail',
      target: { kind: 'email', env: 'dev', connection: 'mail', to: ['support@b.test'] },
    });
    await json('POST', '/api/v1/session', { email: ADMIN_EMAIL, password: ADMIN_PASSWORD });
    await json('POST', '/api/v1/alarm-rules', {
      ...{ name: 'Dead letters', condition: { kind: 'dead-letter', count: 1, windowMs: 3_600_000 } },
      ...{ env: 'dev', flowId: null, severity: 'warning', forMs: 0, renotifyMs: 0, mutedUntil: null },
      ...{ channels: [channelId, mail.channelId], enabled: true },
    });
    ({ key: viewerKey } = await json<{ key: string }>('POST', '/api/v1/api-keys', { name: 'looks', role: 'viewer' }));
    await deployFlow(
      runtime,
      callingFlow('canary-ok', { dedupeKey: 'customer.email & orderNo', orderingKey: 'customer.email' }),
    );
    await deployFlow(runtime, callingFlow('canary-fail'));
    await deployFlow(runtime, callingFlow('canary-doubt', {}, { idempotency: 'none' }));

    await deployFlow(runtime, calledFlow('canary-called'));
    await deployFlow(runtime, askingFlow('canary-asking'));
    await deployFlow(runtime, partsFlow('canary-parts', { called: 'canary-called', asking: 'canary-asking' }));

    ids.ok = await send('canary-ok', 'ok-1');
    ids.fail = await send('canary-fail', 'fail-1');
    ids.doubt = await send('canary-doubt', 'doubt-1');
    ids.parts = await send('canary-parts', 'parts-1');
    await ended(ids.ok, 'succeeded');
    await ended(ids.fail, 'failed');
    await ended(ids.doubt, 'in-doubt');
    const large = { ...payload('ok-2'), pad: 'x'.repeat(300_000) };
    await fetch(`${runtime.url}/hooks/dev/canary-ok`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(large) },
    });

    const trial = await json('POST', '/api/v1/flows/canary-ok/test-runs', {
      payload: payload('trial-1', tried.value),
      headers: { authorization: SENT_HEADERS.authorization.value },
      effects: 'real',
    });
    hay['the answer of a test run'] = [{ from: 'test run', bytes: Buffer.from(JSON.stringify(trial)) }];
    await json('POST', `/api/v1/executions/${ids.doubt}/resolve`, {
      outcome: 'done',
      output: { customer: { email: decided.value }, mail: email.value },
    });
    await ended(ids.doubt, 'succeeded');
    const again = await json<{ executionId: string }>('POST', `/api/v1/executions/${ids.ok}/replay`, {
      ...{ from: 'trigger', effects: 'new-keys', payload: payload('ok-3', edited.value) },
    });
    await ended(again.executionId, 'succeeded');
    const bulk = { filter: { env: 'dev', flowId: 'canary-fail', q: email.value }, from: 'failed' };
    const { jobId, count } = await eventually('a dead letter found by its masked key', 30_000, async () => {
      const job = await json<{ jobId: string | null; count: number }>('POST', '/api/v1/dead-letters/replay', bulk);
      return job.count > 0 && job;
    });
    expect(count).toBe(1);
    await eventually('the bulk replay is over', 60_000, async () => {
      return (await json<{ status: string }>('GET', `/api/v1/jobs/${jobId}`)).status === 'done';
    });
    await ended(ids.parts, 'failed');
    await eventually('the alarm is sent', 60_000, async () =>
      target.heard.some(({ path }) => path.startsWith('/alarm')),
    );
  }

  /** Everything that the product holds, writes or says. */
  async function dump(): Promise<void> {
    const { json, api } = runtime;
    // Searches by masked values are part of what must leave no trace.
    for (const query of ['key', 'q']) await rows(`${query}=${encodeURIComponent(email.value)}`);
    await json('POST', `/api/v1/executions/${ids.ok}/payloads/trigger/reveal`, { reason: REASON });
    const said: Hay[] = [];
    const say = async (path: string) =>
      said.push({ from: path, bytes: Buffer.from(await (await api('GET', path)).text()) });
    const wholes = await rows('limit=100');
    const parts = await rows(`limit=3&parent=${ids.parts}`);
    expect(parts.items).toHaveLength(3);
    for (const { executionId } of [...wholes.items, ...parts.items]) {
      await say(`/api/v1/executions/${executionId}`);
      const { spans } = await json<{ spans: { inputRef?: string; outputRef?: string }[] }>(
        ...(['GET', `/api/v1/executions/${executionId}`] as const),
      );
      const refs = new Set(spans.flatMap(({ inputRef, outputRef }) => [inputRef, outputRef]));
      for (const ref of refs) if (ref) await say(`/api/v1/executions/${executionId}/payloads/${ref}`);
    }
    const lists = ['executions?env=dev', 'dead-letters?state=all', 'in-doubt', 'jobs', 'alarms', 'alarm-deliveries'];
    const others = ['audit', 'connections', 'api-keys', 'flows/canary-ok/file', 'health?env=dev&window=24h'];
    for (const path of [...lists, ...others]) await say(`/api/v1/${path}`);
    hay['what the API answers'] = said;
    const exported = await Promise.all(
      ['csv', 'jsonl'].map(async (format) => (await api('GET', `/api/v1/audit/export?format=${format}`)).text()),
    );
    hay['exports of the audit'] = exported.map((text, at) => ({
      from: `audit export ${at}`,
      bytes: Buffer.from(text),
    }));
    hay.metrics = [{ from: 'metrics', bytes: Buffer.from(await (await api('GET', '/metrics')).text()) }];
    hay.streams = await dumpStreams(runtime.dataDir);
    const backup = join(folder, 'installation.backup');
    const taken = await runBackupCommand('backup', ['--to', backup, '--data-dir', runtime.dataDir]);
    expect(taken).toMatchObject({ code: 0 });
    hay['a backup'] = await dumpBackup(backup);
    await runtime.stop();
    hay.logs = [
      { from: 'log', bytes: Buffer.from(runtime.output()) },
      { from: 'log of the backup', bytes: Buffer.from(taken.output) },
    ];
    const isEmbedded = existsSync(join(runtime.dataDir, 'pglite'));
    if (isEmbedded) hay.tables = await dumpTables(runtime.dataDir);
    hay.files = await dumpFiles(runtime.dataDir);
    const heard = (isWanted: (path: string) => boolean): Hay[] =>
      target.heard.filter(({ path }) => isWanted(path)).map(({ path, bytes }) => ({ from: path, bytes }));
    hay['traces as the collector got them'] = heard((path) => path.startsWith('/otlp'));
    hay['alarms as the webhook got them'] = heard((path) => path.startsWith('/alarm'));
    hay['calls of the target'] = heard((path) => path.startsWith('/canary'));
  }

  it('was in use: the target got it', () => {
    const missing = [email, phone, edited, tried, apiKey].filter(
      (canary) => findCanaries([canary], hay['calls of the target'] ?? []).length === 0,
    );
    expect(missing).toEqual([]);
  });

  const plain = (core: string): Canary => ({ name: core, core, value: core });
  const SEARCHED: [string, Canary][] = [
    ['streams', CONTROL],
    ['files', CONTROL],
    ['a backup', CONTROL],
    ['what the API answers', CONTROL],
    ['the answer of a test run', CONTROL],
    ['logs', plain('canary-fail')],
    ['traces as the collector got them', plain('canary-fail')],
    ['metrics', plain('canary-fail')],
    ['alarms as the webhook got them', plain('canary-fail')],
    ['exports of the audit', plain('Rsn4Kd8VbN3s')],
  ];
  it.each(SEARCHED)('is nowhere in %s, where what is not secret is', (name, control) => {
    const found = hay[name] ?? [];
    expect(findCanaries([control], found)).not.toEqual([]);
    expect(findCanaries(CANARIES, found)).toEqual([]);
  });

  it.skipIf(process.env.TEST_DATABASE_URL !== undefined)('is in no table of the database', () => {
    expect(findCanaries([CONTROL], hay.tables ?? [])).not.toEqual([]);
    expect(findCanaries(CANARIES, hay.tables ?? [])).toEqual([]);
  });

  describe('where the runtime is up again', () => {
    beforeAll(() => runtime.restart());

    it.each(['key=', 'key=mail:', 'q='])('is what its executions are found by: %s', async (query) => {
      const { items } = await rows(`limit=200&${query}${encodeURIComponent(email.value)}`);
      const found = items.map(({ executionId }) => executionId);
      expect(found).toEqual(expect.arrayContaining(Object.values(ids)));
      const typed = await rows(`limit=200&${query}${encodeURIComponent(` ${email.value.toUpperCase()}`)}`);
      expect(typed.items).toHaveLength(items.length);
      expect((await rows(`${query}${encodeURIComponent(email.value.slice(0, -1))}`)).items).toEqual([]);
    });

    it('is shown to whoever may see it and says why, and to nobody else; the audit keeps the reason alone', async () => {
      const path = `/api/v1/executions/${ids.ok}/payloads/trigger`;
      const shown = await runtime.json('POST', `${path}/reveal`, { reason: REASON });
      expect(shown).toMatchObject({ customer: { email: email.value, phone: phone.value } });
      const hidden = await runtime.json<{ customer: object }>('GET', path);
      expect(hidden.customer).toEqual({ email: '•••', phone: '•••' });
      const refused = await fetch(`${runtime.url}${path}/reveal`, {
        ...{ method: 'POST', body: JSON.stringify({ reason: REASON }) },
        headers: { authorization: `Bearer ${viewerKey}`, 'content-type': 'application/json' },
      });
      expect(refused.status).toBe(403);
      const audit = await (await runtime.api('GET', '/api/v1/audit?limit=200')).text();
      expect(audit.split('payload.revealed').length - 1).toBe(2);
      expect(findCanaries(CANARIES, [{ from: 'audit', bytes: Buffer.from(audit) }])).toEqual([]);
    });
  });
});
