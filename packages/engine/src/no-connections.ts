import { FlowError } from '@crossdock/errors';
import type { ConnectionPort } from './ports.ts';

/** For runs where no environment stands behind: no connection exists. */
export const noConnections: ConnectionPort = {
  async open(env, connection) {
    throw new FlowError('CONFIG_CONNECTION_MISSING', { details: { connection, env } });
  },
};
