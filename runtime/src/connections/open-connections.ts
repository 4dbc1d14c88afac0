import type { Bus, PublishedConnection } from '@crossdock/bus';
import { attemptLimitOf, filledSettings, hostsOf, type OpenConnection } from '@crossdock/connector-sdk';
import { connectionTypesByName } from '@crossdock/connectors/manifests';
import type { ConnectionPort } from '@crossdock/engine';
import { FlowError } from '@crossdock/errors';
import { type KeyRing, openCredentials } from '../vault/index.ts';
import { ConnectionMemories } from './connection-memories.ts';

/** Connections as the bus tells of them, opened in this process's memory when they are asked for and never kept in clear. */
export interface Connections extends ConnectionPort {
  /** Whether there is such a connection now, without opening it. */
  find(env: string, name: string): PublishedConnection | undefined;
}

/** Follows every change of a connection within a second, as deployments do. */
export function openConnections(registry: Bus['registry'], ring: KeyRing): Connections {
  const memories = new ConnectionMemories();
  return {
    find: (env, name) => registry.connection(env, name),
    limitOf(env, name) {
      const published = registry.connection(env, name);
      const manifest = published && connectionTypesByName.get(published.type);
      return manifest && attemptLimitOf(manifest, published.settings);
    },
    async open(env, name, types) {
      const published = registry.connection(env, name);
      if (!published) throw new FlowError('CONFIG_CONNECTION_MISSING', { details: { connection: name, env } });
      if (!types.includes(published.type)) {
        const details = { connection: name, env, type: published.type, types: types.join(' or ') };
        throw new FlowError('CONFIG_CONNECTION_TYPE', { details });
      }
      return openConnection(published, ring, memories);
    },
  };
}

/** One connection in the clear. Throws `CONFIG_CREDENTIALS_UNREADABLE`. */
export function openConnection(
  published: PublishedConnection,
  ring: KeyRing,
  memories: ConnectionMemories = new ConnectionMemories(),
): OpenConnection {
  const { id, env, name, type, version, sealed } = published;
  const manifest = connectionTypesByName.get(type);
  if (!manifest) {
    const reason = `the connection type "${type}" does not exist`;
    throw new FlowError('CONFIG_INVALID', { details: { what: `the connection "${name}" in ${env}`, reason } });
  }
  const settings = filledSettings(manifest, published.settings);
  const hosts = hostsOf(manifest, settings);
  const credentials = sealed ? openCredentials(ring, { env, id, name, type, hosts }, sealed) : {};
  return { id, env, name, type, version, settings, credentials, hosts, memory: memories.of(published) };
}
