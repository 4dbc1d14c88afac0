import type { Socket } from 'node:net';
import type { CredentialsOf, OpenConnection, SettingsOf, SocketPort } from '@crossdock/connector-sdk';
import { FlowError, isFlowError, reasonOf } from '@crossdock/errors';
import { createTransport, type Transporter } from 'nodemailer';
import type { smtpConnection } from './connection/manifest.ts';

export type SmtpConnection = OpenConnection<SettingsOf<typeof smtpConnection>, CredentialsOf<typeof smtpConnection>>;

/**
 * Works with a mail server through a socket that the guard opened; both are closed afterwards. Throws `CONFIG_CREDENTIALS_…`, `REMOTE_REJECTED`
 * for what the server refuses for good, else `REMOTE_UNAVAILABLE`, and as the guard does.
 */
export async function withMailServer<T>(
  connection: SmtpConnection,
  { connect, signal }: { connect: SocketPort; signal: AbortSignal },
  work: (server: Transporter) => Promise<T>,
): Promise<T> {
  const { host, port = 587, security = 'starttls', auth = 'password', user = '' } = connection.settings;
  const { password } = connection.credentials;
  const { name, env } = connection;
  if (auth === 'password' && password === undefined)
    throw new FlowError('CONFIG_CREDENTIALS_MISSING', { details: { connection: name, env, field: 'Password' } });
  const socket = (await connect({ host, port, signal })) as Socket;
  const server = createTransport({
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(auth === 'password' ? { auth: { user, pass: password ?? '' } } : {}),
    // Nothing but text of ours goes out: no file and no address is read for a message.
    ...{ disableFileAccess: true, disableUrlAccess: true },
    getSocket: (_options: unknown, callback: (error: Error | null, how: { connection: unknown }) => void) =>
      callback(null, { connection: socket }),
  } as Parameters<typeof createTransport>[0]);
  const abort = () => socket.destroy(new Error('it took too long'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await work(server);
  } catch (error) {
    if (isFlowError(error)) throw error;
    throw errorOfServer(error, { remote: `${host}:${port}`, connection: name, env });
  } finally {
    signal.removeEventListener('abort', abort);
    server.close();
    socket.destroy();
  }
}

function errorOfServer(error: unknown, { remote, connection, env }: Record<'remote' | 'connection' | 'env', string>) {
  const { responseCode: status = 0, code } = error as { responseCode?: number; code?: string };
  const reason = reasonOf(error);
  // RFC 4954 §6: 535 and its like; RFC 5321 §4.2.1: 5xx is the server's last word.
  if (code === 'EAUTH' && status >= 500)
    return new FlowError('CONFIG_CREDENTIALS_REFUSED', { details: { remote, connection, env, reason }, cause: error });
  const refusal = status >= 500 ? 'REMOTE_REJECTED' : 'REMOTE_UNAVAILABLE';
  return new FlowError(refusal, { details: { remote, reason, status }, cause: error });
}
