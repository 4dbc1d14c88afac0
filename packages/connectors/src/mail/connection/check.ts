import type { CheckConnection } from '@crossdock/connector-sdk';
import { withMailServer } from '../mail-server.ts';
import type { smtpConnection } from './manifest.ts';

/** Greets the server, with the encryption and the sign-in of the settings; no mail is sent. */
export const checkSmtpConnection: CheckConnection<typeof smtpConnection> = async (connection, { connect, signal }) => {
  const { host, port = 587, security = 'starttls', auth = 'password' } = connection.settings;
  await withMailServer(connection, { connect, signal }, (server) => server.verify());
  const how = { starttls: ' with STARTTLS', tls: ' with TLS', none: ' without encryption' }[security];
  return `${host}:${port} answered${how}${auth === 'password' ? ' and took user and password' : ''}`;
};
