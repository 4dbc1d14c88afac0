import { describe, expect, test } from 'vitest';
import { flagOf } from './config/settings.ts';
import { readConfig, settingTable } from './config.ts';

function configOf(env: Record<string, string> = {}, argv: string[] = []) {
  const reading = readConfig(env, argv);
  if (!('config' in reading)) throw new Error(JSON.stringify(reading));
  return reading.config;
}

function problemsOf(env: Record<string, string>, argv: string[] = []) {
  const reading = readConfig(env, argv);
  return 'problems' in reading ? reading.problems : [];
}

describe('readConfig', () => {
  test('gives the documented defaults when nothing is set', () => {
    const config = configOf();
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 4400,
      nats: undefined,
      natsReplicas: 1,
      natsSync: 'always',
      workerConcurrency: 64,
      maxBodyBytes: 10 * 1024 * 1024,
      sandbox: true,
      egressAllow: [],
      nat64: [],
      logLevel: 'info',
      launchedByNpm: false,
    });
    expect(config.dataDir).toBe(`${process.cwd()}/data`);
    expect([...config.roles]).toEqual(['api', 'ingress', 'worker', 'projector']);
    expect(config.workers).toBeGreaterThanOrEqual(1);
  });

  test('lets flags win over variables, in both spellings', () => {
    const env = { CROSSDOCK_PORT: '4500', CROSSDOCK_HOST: '0.0.0.0' };
    expect(configOf(env, ['--port', '4600']).port).toBe(4600);
    expect(configOf(env, ['--port=4600'])).toMatchObject({ port: 4600, host: '0.0.0.0' });
  });

  test('counts an empty variable as not set', () => {
    expect(configOf({ CROSSDOCK_PORT: '' }).port).toBe(4400);
  });

  test('turns the sandbox off beside an external NATS unless it is asked for', () => {
    const env = { CROSSDOCK_NATS_URL: 'nats://nats:4222' };
    expect(configOf(env).sandbox).toBe(false);
    expect(configOf({ ...env, CROSSDOCK_SANDBOX: 'on' }).sandbox).toBe(true);
  });

  test('takes servers, user and password of an external NATS apart', () => {
    expect(configOf({ CROSSDOCK_NATS_URL: 'nats://ann:p%40ss@a:4222, b:4222' }).nats).toEqual({
      servers: ['nats://a:4222', 'nats://b:4222'],
      user: 'ann',
      pass: 'p@ss',
    });
    expect(configOf({ CROSSDOCK_NATS_URL: 'tls://s3cret@a' }).nats).toEqual({ servers: ['tls://a'], token: 's3cret' });
  });

  test('names every wrong value with what is allowed, one line each', () => {
    expect(
      problemsOf({ CROSSDOCK_PORT: '70000', CROSSDOCK_NATS_SYNC: 'never' }, [
        '--roles',
        'api,cook',
        '--log-level',
        'loud',
      ]),
    ).toEqual([
      'CROSSDOCK_PORT is "70000"; allowed: a whole number from 0 to 65535',
      '--roles is "api,cook"; allowed: a comma list of api, ingress, worker, projector',
      'CROSSDOCK_NATS_SYNC is "never"; allowed: always, interval',
      '--log-level is "loud"; allowed: fatal, error, warn, info, debug, trace, silent',
    ]);
  });

  test.each([
    ['CROSSDOCK_SECRET_KEY', 'c2hvcnQ='],
    ['CROSSDOCK_PREVIOUS_SECRET_KEYS', 'c2hvcnQ='],
    ['CROSSDOCK_ADMIN_PASSWORD', 'short'],
    ['CROSSDOCK_ADMIN_EMAIL', 'nobody'],
    ['CROSSDOCK_DATABASE_URL', 'mysql://db'],
    ['CROSSDOCK_NATS_URL', 'http://nats'],
    ['CROSSDOCK_NATS_SERVER', '/no/such/file'],
    ['CROSSDOCK_EGRESS_ALLOW', '10.0.0.0/40'],
    ['CROSSDOCK_EGRESS_ALLOW', 'erp:99999'],
    ['CROSSDOCK_WORKERS', '0'],
    ['CROSSDOCK_MAX_BODY_BYTES', '1e6'],
    ['CROSSDOCK_SANDBOX', 'yes'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'authorization'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a=b%0ac'],
    ['OTEL_RESOURCE_ATTRIBUTES', 'env=%zz'],
  ])('refuses %s=%s in one line', (variable, value) => {
    const [line, ...more] = problemsOf({ [variable]: value });
    expect(more).toEqual([]);
    expect(line).toMatch(new RegExp(`^${variable} is .+; allowed: .+$`));
  });

  test('never prints a secret or the password in a URL', () => {
    const problems = problemsOf({
      CROSSDOCK_ADMIN_PASSWORD: 'hunter2',
      CROSSDOCK_NATS_URL: 'http://ann:hunter2@nats',
      CROSSDOCK_DATABASE_URL: 'mysql://ann:hunter2@db',
      OTEL_EXPORTER_OTLP_HEADERS: 'hunter2',
    });
    expect(problems).toHaveLength(4);
    expect(problems.join()).not.toContain('hunter2');
  });

  test('accepts 32 bytes of key in base64', () => {
    const key = Buffer.alloc(32, 7);
    expect(configOf({ CROSSDOCK_SECRET_KEY: key.toString('base64') }).secretKey).toEqual(new Uint8Array(key));
    const previous = `${key.toString('base64')}, ${key.toString('base64')}`;
    expect(configOf({ CROSSDOCK_PREVIOUS_SECRET_KEYS: previous }).previousSecretKeys).toHaveLength(2);
    expect(configOf({}).previousSecretKeys).toEqual([]);
  });

  test('accepts hosts, ports and CIDRs for the egress', () => {
    const rules = 'erp.local, erp:8069, 10.1.0.0/16, [::1]:80, fd00::/8, 192.168.1.4';
    expect(configOf({ CROSSDOCK_EGRESS_ALLOW: rules }).egressAllow).toHaveLength(6);
  });

  test('traces nothing without an endpoint, and takes what OpenTelemetry names', () => {
    expect(configOf({ OTEL_SERVICE_NAME: 'orders' }).traces).toBeUndefined();
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/base/',
      OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a%2Cb, x-a=1',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-a=2',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=prod',
    };
    expect(configOf(env).traces).toEqual({
      url: 'http://collector:4318/base/v1/traces',
      headers: { authorization: 'Bearer a,b', 'x-a': '2' },
      resource: { 'service.name': 'other', 'deployment.environment.name': 'prod' },
    });
    const whole = { ...env, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c/otlp', OTEL_SERVICE_NAME: 'orders' };
    expect(configOf(whole).traces).toMatchObject({ url: 'https://c/otlp', resource: { 'service.name': 'orders' } });
    expect(configOf({}, ['--otel-exporter-otlp-endpoint', 'http://c']).traces?.url).toBe('http://c/v1/traces');
    expect(Object.keys(configOf(whole)).filter((name) => /^ot(el|lp)/.test(name))).toEqual([]);
  });

  test('refuses unknown flags and names the nearest', () => {
    expect(problemsOf({}, ['--prot', '4500', 'start'])).toEqual([
      '--prot is not known; did you mean --port? (--help lists all)',
      'start is not known (--help lists all)',
    ]);
    expect(problemsOf({}, ['--port'])).toEqual(['--port needs a value: a whole number from 0 to 65535']);
  });

  test('warns of a variable that nothing reads', () => {
    const reading = readConfig({ CROSSDOCK_PROT: '4500' }, []);
    expect('warnings' in reading && reading.warnings).toEqual([
      'CROSSDOCK_PROT is not known; did you mean CROSSDOCK_PORT? (--help lists all)',
    ]);
  });

  test('lists every variable and its flag with --help', () => {
    const reading = readConfig({}, ['--help']);
    const help = 'help' in reading ? reading.help : '';
    for (const setting of Object.values(settingTable)) {
      expect(help).toContain(setting.variable);
      expect(help).toContain(flagOf(setting));
    }
  });
});
