import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Alarm,
  AlarmChannel,
  AlarmDelivery,
  AlarmNotice,
  AlarmRule,
  AlarmRuleBody,
  AlarmSending,
  AuditRow,
  Health,
} from '@crossdock/api-contract';
import { type Mailbox, startMailbox } from '@crossdock/connectors/testing';
import { createVerifier } from '@crossdock/signatures';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiServer, startApiServer } from '../api/api-server.testing.ts';
import { createMetrics } from '../metrics.ts';
import { takeTurn } from '../store/index.ts';
import { openKeyRing, sealCredentials } from '../vault/index.ts';
import { startAlarms } from './alarms.ts';
import { observe } from './observe.ts';
import { pauseAlarms } from './sending.ts';
import { CLEAR_MS } from './step-alarm.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const log = pino({ level: 'silent' });
const FLOW = 'shop-order-to-erp';
const FLOW_NAME = 'Shop order to ERP';
const NOTICE: AlarmNotice = {
  ...{ event: 'test', alarmId: null, rule: 'Before', severity: 'info', subject: 'x', env: 'prod', flowId: null },
  ...{ flowName: null, summary: 'Waited.', value: 0, since: new Date(0).toISOString(), at: new Date(0).toISOString() },
  url: 'http://127.0.0.1:1/health',
};

describe('alarms', () => {
  let server: ApiServer;
  let mailbox: Mailbox;
  const hooked: { headers: IncomingHttpHeaders; body: string }[] = [];
  let hookStatus = 204;
  const receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      hooked.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(hookStatus).end();
    });
  });

  beforeAll(async () => {
    [server, mailbox] = await Promise.all([startApiServer(), startMailbox()]);
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    const { port } = receiver.address() as AddressInfo;
    const ring = openKeyRing(new Uint8Array(32).fill(3));
    const baseUrl = `http://127.0.0.1:${port}`;
    const owner = { env: 'prod', id: 'c1', name: 'pager', type: 'http', hosts: [baseUrl] };
    await server.bus.registry.putConnection({
      ...{
        id: 'c1',
        env: 'prod',
        name: 'pager',
        type: 'http',
        version: 1,
        settings: { baseUrl, expiresAt: '2020-01-01' },
      },
      sealed: sealCredentials(ring, owner, { signingSecret: SECRET }),
    });
    const settings = {
      host: '127.0.0.1',
      port: mailbox.port,
      security: 'none',
      auth: 'none',
      from: 'alarms@example.test',
    };
    await server.bus.registry.putConnection({
      ...{ id: 'c2', env: 'prod', name: 'mail', type: 'smtp', version: 1, settings, sealed: null },
    });
  });
  afterAll(async () => {
    await new Promise((resolve) => receiver.close(resolve));
    await mailbox.stop();
    await server.stop();
  });

  const addChannel = (name: string, target: object) =>
    server.json<AlarmChannel>(201, 'POST', '/api/v1/alarm-channels', { name, target });
  const mailTarget = { kind: 'email', env: 'prod', connection: 'mail', to: ['ada@example.test'] };
  const hookTarget = { kind: 'webhook', env: 'prod', connection: 'pager', path: '/alarms' };
  const ruleBody = (change: Partial<AlarmRuleBody> = {}): AlarmRuleBody => ({
    ...{ name: 'Orders fail', condition: { kind: 'dead-letter' }, env: 'prod', flowId: null, severity: 'critical' },
    ...{ forMs: 0, renotifyMs: 0, channels: [], enabled: true, mutedUntil: null },
    ...change,
  });
  const deadLetter = async () => {
    const executionId = randomUUID();
    await server.db.kysely
      .insertInto('dead_letters')
      .values({
        ...{
          execution_id: executionId,
          flow_id: FLOW,
          revision: 1,
          env: 'prod',
          node_id: null,
          attempts: 1,
          trigger_seq: 1,
        },
        ...{ error: '{"code":"REMOTE_REJECTED","message":"refused"}', failed_at: new Date() },
      })
      .execute();
    return executionId;
  };
  const alarms = async (query = '') =>
    (await server.json<{ items: Alarm[] }>(200, 'GET', `/api/v1/alarms${query}`)).items;
  const deliveries = async () =>
    (await server.json<{ items: AlarmDelivery[] }>(200, 'GET', '/api/v1/alarm-deliveries')).items;
  /** Looks on, at a clock of its own, until `done`. */
  const lookUntil = async (now: () => number, done: () => Promise<boolean>) => {
    const running = startAlarms({
      ...server,
      log,
      metrics: createMetrics(),
      baseUrl: server.url,
      now,
      lookEveryMs: 20,
    });
    await expect.poll(done, { timeout: 60_000 }).toBe(true);
    await running.stop();
  };

  test('a dead letter is told of by mail and signed webhook, survives a restart, and is told to be over', async () => {
    const [mail, hook] = [await addChannel('Mail', mailTarget), await addChannel('Pager', hookTarget)];
    const rule = await server.json<AlarmRule>(
      201,
      'POST',
      '/api/v1/alarm-rules',
      ruleBody({ channels: [mail.channelId, hook.channelId] }),
    );
    expect(rule.condition).toEqual({ kind: 'dead-letter', count: 1, windowMs: 3_600_000 });
    const executionId = await deadLetter();
    const start = Date.now();
    await lookUntil(
      () => start + 1_000,
      async () => hooked.length > 0 && mailbox.mails.length > 0,
    );
    const [{ headers, body } = { headers: {}, body: '' }] = hooked;
    const check = createVerifier({ scheme: 'standard-webhooks', secrets: [SECRET], toleranceS: 3_600 })({
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [String(value)]])),
      query: new URLSearchParams(),
      nowMs: Date.now(),
    });
    expect(typeof check === 'function' && check(Buffer.from(body))).toMatchObject({ ok: true });
    expect(JSON.parse(body)).toMatchObject({
      type: 'alarm.firing',
      data: {
        ...{ rule: 'Orders fail', subject: `prod/${FLOW}`, env: 'prod', flowId: FLOW, severity: 'critical' },
        ...{ flowName: FLOW_NAME, summary: expect.stringContaining(`“${FLOW_NAME}” in prod`) },
      },
    });
    expect(mailbox.mails[0]).toMatch(/^To: ada@example\.test$/m);
    expect(mailbox.mails[0]).toContain(`[Alarm] Orders fail: ${FLOW_NAME} (prod)`);
    expect((await alarms('?state=firing')).map(({ subject }) => subject)).toEqual([`prod/${FLOW}`]);
    const health = await server.json<Health>(200, 'GET', '/api/v1/health?env=prod');
    expect(health.alarms).toMatchObject([{ ruleId: rule.ruleId, state: 'firing' }]);
    expect(health.flows.find(({ flowId }) => flowId === FLOW)).toMatchObject({ deadLetters: 1, newDeadLetters: 1 });

    // Another process: it goes on where the first one was, and says nothing twice.
    let passed = 2_000;
    const clock = () => {
      passed += 5_000;
      return start + passed;
    };
    await lookUntil(
      () => start + passed,
      async () => {
        passed += 20_000;
        return passed > CLEAR_MS * 3;
      },
    );
    expect([hooked.length, mailbox.mails.length]).toEqual([1, 1]);
    await server.db.kysely
      .updateTable('dead_letters')
      .set({ replayed_by: executionId })
      .where('execution_id', '=', executionId)
      .execute();
    await lookUntil(clock, async () => hooked.length === 2 && mailbox.mails.length === 2);
    expect(JSON.parse(hooked[1]?.body ?? '{}')).toMatchObject({
      ...{ type: 'alarm.resolved', data: { summary: expect.stringMatching(/^It is over\. It was: /) } },
    });
    expect((await alarms()).map(({ state }) => state)).toEqual(['resolved']);
    expect((await deliveries()).map(({ event, status }) => `${event} ${status}`).sort()).toEqual([
      'firing sent',
      'firing sent',
      'resolved sent',
      'resolved sent',
    ]);
    await server.json(409, 'DELETE', `/api/v1/alarm-channels/${hook.channelId}`);
    await server.json(204, 'DELETE', `/api/v1/alarm-rules/${rule.ruleId}`);
    await server.json(204, 'DELETE', `/api/v1/alarm-channels/${hook.channelId}`);
  });

  test('a paused installation watches and tells nobody until a person resumes it; then it tells what still fires', async () => {
    const hook = await addChannel('Copy', hookTarget);
    await deadLetter();
    await pauseAlarms(server.db.kysely, new Date());
    const paused = await server.json<AlarmSending>(200, 'GET', '/api/v1/alarm-sending');
    expect(paused.pausedSince).not.toBeNull();
    // Queued before the backup was taken.
    const waiting = await server.db.kysely
      .insertInto('alarm_deliveries')
      .values({
        ...{ delivery_id: randomUUID(), channel_id: hook.channelId, event: 'test', status: 'pending' },
        ...{ notice: JSON.stringify(NOTICE), due_at: new Date(0), created_at: new Date(0) },
      })
      .returning('delivery_id')
      .executeTakeFirstOrThrow();
    const rule = await server.json<AlarmRule>(
      201,
      'POST',
      '/api/v1/alarm-rules',
      ruleBody({ name: 'In a copy', channels: [hook.channelId] }),
    );
    const before = hooked.length;
    const start = Date.now();
    let looks = 0;
    await lookUntil(
      () => {
        looks++;
        return start;
      },
      async () => looks > 50 && (await alarms('?state=firing')).some(({ ruleId }) => ruleId === rule.ruleId),
    );
    expect((await deliveries()).filter(({ channelName }) => channelName === 'Copy')).toMatchObject([
      { deliveryId: waiting.delivery_id, status: 'pending', attempts: 0 },
    ]);
    expect(hooked.length).toBe(before);

    const viewer = { authorization: `Bearer ${await server.keyOf('viewer')}` };
    await server.json(403, 'POST', '/api/v1/alarm-sending/resume', undefined, viewer);
    const resume = () => server.json<AlarmSending>(200, 'POST', '/api/v1/alarm-sending/resume');
    expect([await resume(), await resume()]).toEqual([{ pausedSince: null }, { pausedSince: null }]);
    const audited = await server.json<{ items: AuditRow[] }>(200, 'GET', '/api/v1/audit?action=alarm-sending');
    expect(audited.items.map(({ action }) => action)).toEqual(['alarm-sending.resumed']);
    await lookUntil(
      () => start,
      async () => hooked.length >= before + 2,
    );
    expect(hooked.slice(before).map(({ body }) => JSON.parse(body).type)).toEqual(['alarm.test', 'alarm.firing']);
    await server.json(204, 'DELETE', `/api/v1/alarm-rules/${rule.ruleId}`);
    await server.json(204, 'DELETE', `/api/v1/alarm-channels/${hook.channelId}`);
  });

  test('what a receiver does not take comes again with the same id; the test button says what went wrong', async () => {
    const hook = await addChannel('Flaky', hookTarget);
    hookStatus = 503;
    const before = hooked.length;
    const tried = await server.json<AlarmDelivery>(200, 'POST', `/api/v1/alarm-channels/${hook.channelId}/test`);
    expect(tried).toMatchObject({
      status: 'failed',
      attempts: 1,
      event: 'test',
      error: { code: 'REMOTE_UNAVAILABLE' },
    });
    hookStatus = 204;
    const works = await server.json<AlarmDelivery>(200, 'POST', `/api/v1/alarm-channels/${hook.channelId}/test`);
    expect(works).toMatchObject({ status: 'sent' });
    expect(hooked.length - before).toBe(2);

    hookStatus = 500;
    const rule = await server.json<AlarmRule>(201, 'POST', '/api/v1/alarm-rules', {
      ...ruleBody({ name: 'Credentials', channels: [hook.channelId], severity: 'warning' }),
      condition: { kind: 'credential-expiring', withinMs: 86_400_000 },
    });
    const start = Date.now();
    let passed = 0;
    const clock = () => {
      passed += 5_000;
      return start + passed;
    };
    const count = hooked.length;
    await lookUntil(
      () => start + passed,
      async () => hooked.length > count,
    );
    hookStatus = 204;
    await lookUntil(clock, async () => hooked.length > count + 1);
    expect(hooked.at(-1)?.headers['webhook-id']).toBe(hooked[count]?.headers['webhook-id']);
    expect(JSON.parse(hooked.at(-1)?.body ?? '{}').data).toMatchObject({ subject: 'connection prod/pager' });
    await server.json(204, 'DELETE', `/api/v1/alarm-rules/${rule.ruleId}`);
  });

  test('a hook that refuses too many requests fires with the reasons, and Health shows when', async () => {
    const start = Date.now();
    const minute = new Date(Math.floor(start / 60_000) * 60_000);
    const refused = (reason: string, source: string, count: number) => ({
      ...{ env: 'prod', minute, flow_id: FLOW, node_id: 'hook', reason, source, count },
    });
    await server.db.kysely
      .insertInto('hook_refusals')
      .values([refused('mismatch', 'a', 5), refused('mismatch', 'b', 3), refused('late', 'a', 1)])
      .execute();
    const rules = ['Ten', 'Nine'].map((name) => ({
      ...ruleBody({ name, condition: { kind: 'hook-refused', count: name === 'Ten' ? 10 : 9 } }),
    }));
    const made = [];
    for (const rule of rules) made.push(await server.json<AlarmRule>(201, 'POST', '/api/v1/alarm-rules', rule));
    expect(made[0]?.condition).toMatchObject({ windowMs: 900_000 });
    await lookUntil(
      () => start + 1_000,
      async () => (await alarms('?state=firing')).some(({ ruleName }) => ruleName === 'Nine'),
    );
    const firing = await alarms('?state=firing');
    expect(firing.filter(({ ruleName }) => ruleName === 'Ten')).toEqual([]);
    expect(firing.find(({ ruleName }) => ruleName === 'Nine')).toMatchObject({
      ...{ flowId: FLOW, value: 9 },
      summary: `9 requests to “${FLOW_NAME}” in prod refused within 15 min: 8 wrong signature or credential, 1 signed too long ago.`,
    });
    const { refusals } = await server.json<Health>(200, 'GET', '/api/v1/health?env=prod');
    expect(refusals).toMatchObject([
      {
        ...{ flowId: FLOW, name: FLOW_NAME, nodeId: 'hook', count: 9 },
        reasons: [
          { reason: 'mismatch', count: 8 },
          { reason: 'late', count: 1 },
        ],
      },
    ]);
    expect(refusals[0]?.series.filter(({ count }) => count > 0)).toEqual([{ at: minute.toISOString(), count: 9 }]);
    expect((await server.json<Health>(200, 'GET', '/api/v1/health?env=dev')).refusals).toEqual([]);
    for (const { ruleId } of made) await server.json(204, 'DELETE', `/api/v1/alarm-rules/${ruleId}`);
  });

  test('exceptions of orders that stay open are counted by what is wrong', async () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
    const { kysely } = server.db;
    const order = { env: 'prod', step: 'picked', lifecycle: 'open', is_pending: true, events: 1, state: '{}' };
    const times = { began_at: at(1), step_since: at(1), last_event_at: at(1) };
    const rest = { channel: null, partner: null, customer_order_no: null, amount: null, currency: null };
    const issue = {
      env: 'prod',
      kind: 'exception' as const,
      code: 'PICKED_NOT_SHIPPED',
      issue_id: 'rule:PICKED_NOT_SHIPPED',
    };
    const more = { severity: null, owner: null, assignee: null, due_at: null };
    for (const [order_id, since] of [
      ['a', at(2)],
      ['b', at(4)],
      ['c', at(8)],
    ] as const) {
      await kysely
        .insertInto('orders')
        .values({ ...order, ...times, ...rest, order_id })
        .execute();
      await kysely
        .insertInto('order_issues')
        .values({ ...issue, ...more, order_id, since })
        .execute();
    }
    const held = (condition: object, env: string | null = null) =>
      observe(
        { condition: { kind: 'order-exception', ...condition }, env, flow_id: null },
        { ...server, reading: undefined, flowName: (id) => id, now: at(8).getTime() },
      );
    expect(await held({ longerThanMs: 4 * 3_600_000, count: 2 })).toEqual([
      {
        ...{ subject: 'prod/orders PICKED_NOT_SHIPPED', env: 'prod', flowId: null, value: 2 },
        summary: '2 orders in prod with “Picked, not shipped” (PICKED_NOT_SHIPPED) open for 4 h or longer.',
      },
    ]);
    expect(await held({ longerThanMs: 4 * 3_600_000, count: 3 })).toEqual([]);
    expect(await held({ longerThanMs: 0, count: 3 })).toMatchObject([{ value: 3 }]);
    expect(await held({ longerThanMs: 0 }, 'dev')).toEqual([]);
  });

  test('bad input is refused by the name of the field', async () => {
    const refused = async (path: string, body: unknown, words: string) => {
      const answer = await server.call('POST', path, body);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(words)]);
    };
    const rules = '/api/v1/alarm-rules';
    await refused(rules, ruleBody({ condition: { kind: 'dead-letter', percent: 5 } }), 'percent');
    await refused(rules, ruleBody({ condition: { kind: 'error-rate', percent: 101 } }), 'between 1 and 100');
    await refused(rules, ruleBody({ channels: [randomUUID()] }), 'does not exist');
    await refused(rules, ruleBody({ condition: { kind: 'breaker-open' }, flowId: FLOW }), 'flowId');
    const calendar = { days: [1], from: '08:00', to: '18:00', timeZone: 'Europe/Nowhere' };
    await refused(rules, ruleBody({ condition: { kind: 'hook-silent', calendar } }), 'timeZone');
    const channels = '/api/v1/alarm-channels';
    await refused(channels, { name: 'x', target: { ...mailTarget, to: undefined } }, '/to');
    await refused(channels, { name: 'x', target: { ...hookTarget, connection: 'nowhere' } }, 'nowhere');
    await refused(channels, { name: 'x', target: { ...hookTarget, connection: 'mail' } }, 'type http');
  });

  test('a built-in rule stays; it can be muted', async () => {
    const { items } = await server.json<{ items: AlarmRule[] }>(200, 'GET', '/api/v1/alarm-rules');
    const [rule] = items.filter(({ builtIn }) => builtIn);
    expect(items.filter(({ builtIn }) => builtIn)).toHaveLength(3);
    await server.json(409, 'DELETE', `/api/v1/alarm-rules/${rule?.ruleId}`);
    const { ruleId, builtIn: _b, updatedAt: _a, updatedBy: _u, ...body } = rule as AlarmRule;
    const mutedUntil = '2100-01-01T00:00:00.000Z';
    expect(
      await server.json<AlarmRule>(200, 'PUT', `/api/v1/alarm-rules/${ruleId}`, { ...body, mutedUntil }),
    ).toMatchObject({ mutedUntil, builtIn: true });
  });

  test('one process has the turn until it leaves it or is gone', async () => {
    const ask = (owner: string, forMs = 60_000) => takeTurn(server.db, { name: 'test', owner, forMs });
    expect([await ask('a'), await ask('b'), await ask('a', 0)]).toEqual([true, false, true]);
    await expect.poll(() => ask('b')).toBe(true);
    expect(await ask('a')).toBe(false);
  });
});
