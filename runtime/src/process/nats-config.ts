import { statfsSync } from 'node:fs';
import { join } from 'node:path';

/** JetStream reserves what its streams may grow to; under this nothing would start. */
const LEAST_STORE_BYTES = 8 * 1024 ** 3;
const SHARE_OF_DISK = 0.8;
const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

export interface NatsConfig {
  readonly port: number;
  readonly dir: string;
  readonly sync: 'always' | 'interval';
  /** Room that is to be reserved for accepted triggers, in bytes. */
  readonly triggerStoreBytes?: number | undefined;
  readonly user: string;
  readonly pass: string;
}

/** The configuration file of the embedded nats-server: loopback only, one user, JetStream in the data folder. */
export function natsConfigText({ port, dir, sync, user, pass, triggerStoreBytes }: NatsConfig): string {
  return `# Written at each start.
server_name: crossdock
listen: 127.0.0.1:${port}
max_payload: ${MAX_PAYLOAD_BYTES}
authorization { user: ${JSON.stringify(user)}, password: ${JSON.stringify(pass)} }
jetstream {
  store_dir: ${JSON.stringify(join(dir, 'store'))}
  max_file_store: ${storeBytes(dir, triggerStoreBytes)}
  sync_interval: ${sync === 'always' ? 'always' : '"2s"'}
}
`;
}

function storeBytes(dir: string, triggerBytes = 0): number {
  const { bavail, bsize } = statfsSync(dir);
  return Math.max(LEAST_STORE_BYTES + triggerBytes, Math.floor(bavail * bsize * SHARE_OF_DISK));
}
