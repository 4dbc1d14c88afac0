import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@crossdock/api-contract';
import * as take from './config/kinds.ts';
import { readSources, type SettingTable } from './config/settings.ts';
import { type TraceExport, takeTraceExport, traceSettings } from './config/trace-settings.ts';
import { LOG_LEVELS, type LogLevel } from './log.ts';

export const RUNTIME_ROLES = ['api', 'ingress', 'worker', 'projector'] as const;
export type RuntimeRole = (typeof RUNTIME_ROLES)[number];

const DEFAULT_MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_BODY_BYTES = 64 * 1024 * 1024;
const LEAST_TRIGGER_STORE_BYTES = 64 * 1024 * 1024;
const MOST_TRIGGER_STORE_BYTES = 1024 ** 4;

/** Every variable and its flag: what it takes, its default and its help line. Nothing else reads the environment. */
export const settingTable = {
  host: {
    variable: 'CROSSDOCK_HOST',
    take: take.text('a host name or address'),
    fallback: '127.0.0.1',
    help: 'address of the API and designer listener',
  },
  port: {
    variable: 'CROSSDOCK_PORT',
    take: take.integer(0, 65_535),
    fallback: '4400',
    help: 'its port; 0 takes a free one',
  },
  ingressPort: {
    variable: 'CROSSDOCK_INGRESS_PORT',
    take: take.integer(1, 65_535),
    help: 'a port of their own for the hooks',
  },
  dataDir: {
    variable: 'CROSSDOCK_DATA_DIR',
    take: take.text('a folder'),
    fallback: './data',
    help: 'embedded NATS and PGlite files, key file',
  },
  roles: {
    variable: 'CROSSDOCK_ROLES',
    take: take.oneOrMoreOf(RUNTIME_ROLES),
    fallback: RUNTIME_ROLES.join(','),
    help: 'what this start does',
  },
  natsUrl: {
    variable: 'CROSSDOCK_NATS_URL',
    take: take.urls(['nats:', 'tls:', 'ws:', 'wss:']),
    help: 'use this NATS instead of the embedded one',
  },
  natsCreds: { variable: 'CROSSDOCK_NATS_CREDS', take: take.existingFile(), help: 'credentials file for it' },
  natsServer: {
    variable: 'CROSSDOCK_NATS_SERVER',
    take: take.existingFile(),
    help: 'path of the nats-server to embed',
  },
  natsReplicas: {
    variable: 'CROSSDOCK_NATS_REPLICAS',
    take: take.integer(1, 5),
    fallback: '1',
    help: 'replicas of streams and buckets',
  },
  triggerStoreBytes: {
    variable: 'CROSSDOCK_TRIGGER_STORE_BYTES',
    take: take.integer(LEAST_TRIGGER_STORE_BYTES, MOST_TRIGGER_STORE_BYTES),
    help: 'room for accepted triggers, 4 GiB unless set; hooks answer 503 when it is full',
  },
  natsSync: {
    variable: 'CROSSDOCK_NATS_SYNC',
    take: take.oneOf(['always', 'interval']),
    fallback: 'always',
    help: 'fsync policy of the embedded nats-server',
  },
  databaseUrl: {
    variable: 'CROSSDOCK_DATABASE_URL',
    take: take.url(['postgres:', 'postgresql:']),
    secret: true,
    help: 'PostgreSQL instead of PGlite',
  },
  adminEmail: {
    variable: 'CROSSDOCK_ADMIN_EMAIL',
    take: take.email(),
    help: 'e-mail of the first admin (default made up)',
  },
  adminPassword: {
    variable: 'CROSSDOCK_ADMIN_PASSWORD',
    take: take.secretText(MIN_PASSWORD_LENGTH, MAX_PASSWORD_LENGTH),
    secret: true,
    help: 'password of the first admin (default made up, printed once)',
  },
  adminApiKey: {
    variable: 'CROSSDOCK_ADMIN_API_KEY',
    take: take.secretText(16, 256),
    secret: true,
    help: 'an API key with the admin role, made at the first start',
  },
  secretKey: {
    variable: 'CROSSDOCK_SECRET_KEY',
    take: take.bytes32(),
    secret: true,
    help: 'key-encryption key for credentials (default a file in the data folder)',
  },
  previousSecretKeys: {
    variable: 'CROSSDOCK_PREVIOUS_SECRET_KEYS',
    take: take.listOfBytes32(),
    secret: true,
    fallback: '',
    help: 'keys of before a change of the key, to open what they sealed',
  },
  workers: {
    variable: 'CROSSDOCK_WORKERS',
    take: take.integer(1, 256),
    fallback: String(Math.max(1, availableParallelism() - 1)),
    help: 'worker processes that this start supervises',
  },
  workerConcurrency: {
    variable: 'CROSSDOCK_WORKER_CONCURRENCY',
    take: take.integer(1, 4096),
    fallback: '64',
    help: 'executions in flight per worker',
  },
  egressAllow: {
    variable: 'CROSSDOCK_EGRESS_ALLOW',
    take: take.egressRules(),
    fallback: '',
    help: 'private hosts, host:port or CIDRs that nodes may call',
  },
  nat64: {
    variable: 'CROSSDOCK_EGRESS_NAT64',
    take: take.nat64Prefixes(),
    fallback: '',
    help: 'prefixes behind which this network reaches IPv4, beside 64:ff9b::/96',
  },
  maxBodyBytes: {
    variable: 'CROSSDOCK_MAX_BODY_BYTES',
    take: take.integer(1024, MAX_BODY_BYTES),
    fallback: String(DEFAULT_MAX_BODY_BYTES),
    help: 'largest body a hook takes',
  },
  sandbox: {
    variable: 'CROSSDOCK_SANDBOX',
    take: take.oneOf(['on', 'off']),
    help: 'the simulators (default on with the embedded NATS)',
  },
  logLevel: {
    variable: 'CROSSDOCK_LOG_LEVEL',
    take: take.oneOf(LOG_LEVELS),
    fallback: 'info',
    help: 'how much is logged',
  },
  ...traceSettings,
} as const satisfies SettingTable;

/** How a NATS is reached: its servers and what it asks of a client. */
export interface NatsAddress {
  readonly servers: readonly string[];
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  /** Path of a credentials file. */
  readonly creds?: string;
}

/** What a start is told, checked and typed. Paths are absolute. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly ingressPort: number | undefined;
  readonly dataDir: string;
  readonly roles: ReadonlySet<RuntimeRole>;
  /** An external NATS; undefined embeds one. */
  readonly nats: NatsAddress | undefined;
  readonly natsServer: string | undefined;
  readonly natsReplicas: number;
  /** Room for accepted triggers; undefined leaves the store as it is, or at its default. */
  readonly triggerStoreBytes: number | undefined;
  readonly natsSync: 'always' | 'interval';
  readonly databaseUrl: string | undefined;
  readonly adminEmail: string | undefined;
  readonly adminPassword: string | undefined;
  readonly adminApiKey: string | undefined;
  /** 32 bytes. */
  readonly secretKey: Uint8Array | undefined;
  /** Open what they sealed, and seal nothing. 32 bytes each. */
  readonly previousSecretKeys: readonly Uint8Array[];
  readonly workers: number;
  readonly workerConcurrency: number;
  readonly egressAllow: readonly string[];
  readonly nat64: readonly string[];
  readonly maxBodyBytes: number;
  readonly sandbox: boolean;
  readonly logLevel: LogLevel;
  /** Where executions are told as traces; undefined traces nothing. */
  readonly traces: TraceExport | undefined;
  /** Folders searched for a nats-server. */
  readonly path: string;
  /** True under `npm start` and the like: the start ends with its launcher. */
  readonly launchedByNpm: boolean;
}

export type ConfigReading =
  | { readonly config: Config; readonly warnings: readonly string[] }
  /** One line for each wrong value. */
  | { readonly problems: readonly string[] }
  | { readonly help: string };

/** Reads variables and flags (flags win; `--name value` or `--name=value`). Pure but for looking whether named files exist. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  argv: readonly string[] = process.argv.slice(2),
): ConfigReading {
  const reading = readSources(settingTable, env, argv);
  if (!('values' in reading)) return reading;
  const { traces, others } = takeTraceExport(reading.values);
  const { roles, natsUrl, natsCreds, sandbox, dataDir, ...rest } = others;
  return {
    warnings: reading.warnings,
    config: {
      ...rest,
      roles: new Set(roles),
      nats: natsUrl && externalNats(natsUrl, natsCreds),
      dataDir: resolve(dataDir),
      traces,
      sandbox: sandbox === undefined ? natsUrl === undefined : sandbox === 'on',
      path: env.PATH ?? '',
      launchedByNpm: env.npm_lifecycle_event !== undefined,
    },
  };
}

/** The client takes user, password and token apart from the addresses: those of the first server count. */
function externalNats(servers: readonly URL[], creds: string | undefined): NatsAddress {
  const { username = '', password = '' } = servers[0] ?? {};
  const auth =
    password === ''
      ? username === ''
        ? {}
        : { token: decodeURIComponent(username) }
      : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  return {
    servers: servers.map(({ protocol, host }) => `${protocol}//${host}`),
    ...auth,
    ...(creds === undefined ? {} : { creds }),
  };
}
