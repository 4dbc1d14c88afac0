import type { Alarm, FlowHealth, Health, RemoteHealth } from '@crossdock/api-contract';
import type { Bus, BusReading } from '@crossdock/bus';
import { sql } from 'kysely';
import type { Database } from '../store/index.ts';
import { figuresOf, type SlotFacts, type SlotRange } from './figures.ts';
import { readRefusals, refusalsOf } from './read-refusals.ts';
import { HEALTH_RANGES, type HealthRange, slotStart } from './slots.ts';

export interface HealthSources {
  db: Pick<Database, 'kysely'>;
  bus: Pick<Bus, 'health' | 'registry'>;
}

/** How flows and remotes did over a range, and how they are now. What the bus alone knows is null while it is away. */
export async function readHealth(
  { db, bus }: HealthSources,
  wanted: { env: string | undefined; range: HealthRange; now: number; alarms: Alarm[] },
): Promise<Health> {
  const { env, range, now, alarms } = wanted;
  const { spanMs, slotMs } = HEALTH_RANGES[range];
  const slots = spanMs / slotMs;
  const from = slotStart(now, slotMs) - (slots - 1) * slotMs;
  const place = { from, slots, slotMs };
  const [rows, open, letters, refused, names, reading] = await Promise.all([
    readSlots(db, { env, ...place }),
    readUnfinished(db, env),
    readLetters(db, env, new Date(from)),
    readRefusals(db, { env, from: new Date(from) }),
    db.kysely.selectFrom('flows').select(['flow_id', 'name']).execute(),
    bus.health.read().catch(() => undefined),
  ]);
  const facts: Facts = {
    place,
    rows: groupBy(rows, ({ kind, env: of, name }) => keyOf(kind, of, name)),
    open: groupBy(open, (row) => keyOf('flow', row.env, row.flow_id)),
    letters: groupBy(letters, (row) => keyOf('flow', row.env, row.flow_id)),
    deployed: new Set(bus.registry.deployments().map((one) => keyOf('flow', one.env, one.flowId))),
    names: new Map(names.map(({ flow_id, name }) => [flow_id, name])),
    reading,
    now,
  };
  return {
    at: new Date(now).toISOString(),
    range,
    slotMs,
    flows: flowsIn(facts, env),
    remotes: remotesIn(facts, env),
    refusals: refusalsOf(refused, place, (flowId) => facts.names.get(flowId) ?? flowId),
    alarms,
    bus: reading ? storesOf(reading) : null,
  };
}

interface SlotOf extends SlotFacts {
  env: string;
  kind: string;
  name: string;
}

interface Facts {
  place: SlotRange;
  rows: Map<string, SlotOf[]>;
  open: Map<string, Awaited<ReturnType<typeof readUnfinished>>>;
  letters: Map<string, Awaited<ReturnType<typeof readLetters>>>;
  deployed: ReadonlySet<string>;
  names: ReadonlyMap<string, string>;
  reading: BusReading | undefined;
  now: number;
}

const SEPARATOR = '\n';
const keyOf = (kind: string, env: string, name: string): string => [kind, env, name].join(SEPARATOR);

function keysOf(kind: 'flow' | 'remote', keys: Iterable<string>): [key: string, env: string, name: string][] {
  return [...new Set(keys)].sort().flatMap((key): [string, string, string][] => {
    const [of, env = '', name = ''] = key.split(SEPARATOR);
    return of === kind ? [[key, env, name]] : [];
  });
}

function flowsIn(facts: Facts, only: string | undefined): FlowHealth[] {
  const { rows, open, letters, deployed, reading } = facts;
  const queues = new Map(reading?.queues.map((queue) => [keyOf('flow', queue.env, queue.flowId), queue]));
  const queued = [...queues].filter(([, { depth }]) => depth > 0).map(([key]) => key);
  const keys = [...rows.keys(), ...open.keys(), ...letters.keys(), ...deployed, ...queued];
  return keysOf('flow', keys)
    .filter(([, env]) => only === undefined || env === only)
    .map(([key, env, flowId]) => {
      const queue = queues.get(key);
      const counts = new Map(open.get(key)?.map(({ status, count }) => [status, count]));
      const dead = letters.get(key)?.[0];
      return {
        flowId,
        env,
        name: facts.names.get(flowId) ?? flowId,
        deployed: deployed.has(key),
        ...figuresOf(rows.get(key) ?? [], facts.place),
        running: (counts.get('running') ?? 0) + (counts.get('compensating') ?? 0),
        waiting: counts.get('waiting') ?? 0,
        inDoubt: counts.get('in-doubt') ?? 0,
        queueDepth: reading ? (queue?.depth ?? 0) : null,
        oldestMs: queue?.oldestAt === undefined ? null : Math.max(0, facts.now - queue.oldestAt),
        deadLetters: dead?.open ?? 0,
        newDeadLetters: dead?.recent ?? 0,
      };
    });
}

function remotesIn({ rows, reading, place }: Facts, only: string | undefined): RemoteHealth[] {
  const breakers = new Map(reading?.breakers.map((breaker) => [keyOf('remote', breaker.env, breaker.remote), breaker]));
  return keysOf('remote', [...rows.keys(), ...breakers.keys()])
    .filter(([, env]) => only === undefined || env === only)
    .map(([key, env, remote]) => {
      const breaker = breakers.get(key);
      return {
        remote,
        env,
        ...figuresOf(rows.get(key) ?? [], place),
        breaker: breaker?.state ?? 'closed',
        breakerUntil: breaker ? new Date(breaker.until).toISOString() : null,
      };
    });
}

function storesOf({ stores }: BusReading): NonNullable<Health['bus']> {
  const { triggerBytes, triggerLimit, journalRecords, journalLimit, droppedTraces, unreadTraces } = stores;
  return { triggerBytes, triggerLimit, journalRecords, journalLimit, droppedTraces: droppedTraces + unreadTraces };
}

function readSlots(
  { kysely }: HealthSources['db'],
  { env, from, slotMs }: SlotRange & { env: string | undefined },
): Promise<SlotOf[]> {
  let query = kysely
    .selectFrom('health_slots')
    .select(['env', 'kind', 'name', 'slot', 'outcome', 'bucket', 'count'])
    .where('slot_ms', '=', slotMs)
    .where('slot', '>=', new Date(from));
  if (env !== undefined) query = query.where('env', '=', env);
  return query.execute();
}

function readUnfinished({ kysely }: HealthSources['db'], env: string | undefined) {
  let query = kysely
    .selectFrom('executions')
    .select(['env', 'flow_id', 'status', sql<number>`count(*)::integer`.as('count')])
    .where('status', 'in', ['running', 'waiting', 'in-doubt', 'compensating'])
    .where('parent_id', 'is', null)
    .groupBy(['env', 'flow_id', 'status']);
  if (env !== undefined) query = query.where('env', '=', env);
  return query.execute();
}

function readLetters({ kysely }: HealthSources['db'], env: string | undefined, since: Date) {
  let query = kysely
    .selectFrom('dead_letters')
    .select([
      'env',
      'flow_id',
      sql<number>`count(*)::integer`.as('open'),
      sql<number>`count(*) filter (where failed_at >= ${since})::integer`.as('recent'),
    ])
    .where('replayed_by', 'is', null)
    .groupBy(['env', 'flow_id']);
  if (env !== undefined) query = query.where('env', '=', env);
  return query.execute();
}

function groupBy<Row>(rows: readonly Row[], keyOfRow: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOfRow(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
