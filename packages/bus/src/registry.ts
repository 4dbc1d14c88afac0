import { gunzipSync, gzipSync } from 'node:zlib';
import type { Flow } from '@crossdock/flow-model';
import type { ActiveDeployment, PublishedConnection, PublishedStatusMaps, Registry } from './bus.ts';
import { busError } from './bus-errors.ts';
import { decodeJson } from './json.ts';
import type { Link } from './link.ts';
import { bucketSubject } from './names.ts';
import { publishPatiently } from './publish-patiently.ts';
import { BUCKETS } from './streams.ts';
import { type WatchedBucket, watchBucket } from './watched-bucket.ts';

/** Revisions, deployments, variables and connections in JetStream KV. Resolves when the current view is loaded. */
export async function openRegistry(link: Link): Promise<Registry & { close(): void }> {
  const [active, variables, connections, egress, statuses] = await Promise.all([
    watchBucket<ActiveDeployment>(link, BUCKETS.active),
    watchBucket<Record<string, unknown>>(link, BUCKETS.variables),
    watchBucket<PublishedConnection>(link, BUCKETS.connections),
    watchBucket<readonly string[]>(link, BUCKETS.egress),
    watchBucket<PublishedStatusMaps>(link, BUCKETS.statuses),
  ]);
  const revisions = new Map<string, Promise<Flow | undefined>>();
  return {
    // Workers run no tests, and those of a flow may be larger than the flow.
    putRevision: (flowId, revision, { tests: _tests, ...flow }) =>
      publishPatiently(link, revisionSubject(flowId, revision), gzipSync(JSON.stringify(flow))),
    getRevision(flowId, revision) {
      const key = `${flowId}.${revision}`;
      const known = revisions.get(key);
      if (known !== undefined) return known;
      const reading = readRevision(link, flowId, revision);
      revisions.set(key, reading);
      // Only what was found stays: a revision may be published later, and an outage passes.
      reading.then(
        (flow) => flow === undefined && revisions.delete(key),
        () => revisions.delete(key),
      );
      return reading;
    },
    activate: (deployment) => active.put(activeKey(deployment.env, deployment.flowId), deployment),
    deactivate: (env, flowId) => active.delete(activeKey(env, flowId)),
    deployments: () => active.values(),
    onDeployments: (listener) => active.onChange(() => listener(active.values())),
    putVariables: (env, values) => variables.put(env, values),
    removeVariables: (env) => variables.delete(env),
    variables: (env) => variables.get(env)?.value ?? {},
    putEgress: (env, allow) => egress.put(env, allow),
    egress: (env) => egress.get(env)?.value ?? NOTHING_ALLOWED,
    putStatusMaps: (env, maps) => statuses.put(env, maps),
    statusMaps: (env) => statuses.get(env)?.value ?? NO_STATUS_MAPS,
    putConnection: (connection) => connections.put(connectionKey(connection.env, connection.name), connection),
    deleteConnection: (env, name) => connections.delete(connectionKey(env, name)),
    connection: (env, name) => connections.get(connectionKey(env, name))?.value,
    connections: () => connections.values(),
    onConnections: (listener) => connections.onChange(listener),
    close() {
      for (const bucket of [active, variables, connections, egress, statuses] satisfies Pick<
        WatchedBucket<unknown>,
        'close'
      >[])
        bucket.close();
    },
  };
}

const NO_STATUS_MAPS: PublishedStatusMaps = {};
const NOTHING_ALLOWED: readonly string[] = [];
const activeKey = (env: string, flowId: string): string => `${env}.${flowId}`;
const connectionKey = (env: string, name: string): string => `${env}.${name}`;
const revisionSubject = (flowId: string, revision: number): string =>
  bucketSubject(BUCKETS.revisions, `${flowId}.${revision}`);

/** From the leader: a follower may not have the revision that a deployment just named. */
async function readRevision(link: Link, flowId: string, revision: number): Promise<Flow | undefined> {
  try {
    const stored = await link.last(`KV_${BUCKETS.revisions}`, revisionSubject(flowId, revision));
    return stored && (decodeJson(gunzipSync(stored.data)) as Flow);
  } catch (cause) {
    throw busError(cause);
  }
}
