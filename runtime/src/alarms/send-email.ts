import type { AlarmNotice } from '@crossdock/api-contract';
import type { OpenConnection } from '@crossdock/connector-sdk';
import { FlowError, isFlowError, reasonOf } from '@crossdock/errors';
import { createTransport } from 'nodemailer';
import type { GuardedConnect } from '../egress/index.ts';

interface SmtpSettings {
  host: string;
  port: number;
  security: 'starttls' | 'tls' | 'none';
  auth: 'password' | 'none';
  user?: string;
  from: string;
}

export interface Mail {
  to: readonly string[];
  notice: AlarmNotice;
  /** Of the delivery: the same on every attempt, so that a mailbox can tell a repetition. */
  id: string;
}

const WORDS: Readonly<Record<AlarmNotice['event'], string>> = {
  firing: 'Alarm',
  'still-firing': 'Still firing',
  resolved: 'Resolved',
  test: 'Test',
};

/** Sends a notice through a mail server, by a socket that the guard opened. Throws `REMOTE_…` or `CONFIG_…`. */
export async function sendEmail(
  connection: OpenConnection,
  { to, notice, id }: Mail,
  { connect, signal }: { connect: GuardedConnect; signal: AbortSignal },
): Promise<void> {
  const { host, port, security, auth, user, from } = connection.settings as unknown as SmtpSettings;
  const { password } = connection.credentials;
  if (auth === 'password' && password === undefined)
    throw new FlowError('CONFIG_CREDENTIALS_MISSING', {
      details: { connection: connection.name, env: connection.env, field: 'Password' },
    });
  const socket = await connect({ host, port, signal });
  const transport = createTransport({
    ...{ host, port, secure: security === 'tls', requireTLS: security === 'starttls', ignoreTLS: security === 'none' },
    ...(auth === 'password' ? { auth: { user: user ?? '', pass: password ?? '' } } : {}),
    // Nothing but text of ours goes out: no file and no address is read for a message.
    ...{ disableFileAccess: true, disableUrlAccess: true },
    getSocket: (_options: unknown, callback: (error: Error | null, how: { connection: unknown }) => void) =>
      callback(null, { connection: socket }),
  } as Parameters<typeof createTransport>[0]);
  const abort = () => socket.destroy(new Error('it took too long'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    await transport.sendMail({
      from,
      to: [...to],
      subject: `[${WORDS[notice.event]}] ${notice.rule}: ${notice.subject}`,
      text: textOf(notice),
      messageId: `<${id}@${from.split('@')[1] ?? 'crossdock'}>`,
      date: new Date(notice.at),
    });
  } catch (error) {
    if (isFlowError(error)) throw error;
    const { responseCode = 0 } = error as { responseCode?: number };
    // 5xx is the server's last word (RFC 5321 §4.2.1).
    const code = responseCode >= 500 ? 'REMOTE_REJECTED' : 'REMOTE_UNAVAILABLE';
    const details = { remote: `${host}:${port}`, reason: reasonOf(error), status: responseCode };
    throw new FlowError(code, { details, cause: error });
  } finally {
    signal.removeEventListener('abort', abort);
    transport.close();
    socket.destroy();
  }
}

function textOf({ event, summary, rule, severity, since, at, url }: AlarmNotice): string {
  const lines = [
    summary,
    '',
    `Rule: ${rule} (${severity})`,
    `Since: ${since}`,
    ...(event === 'resolved' ? [`Resolved: ${at}`] : []),
    '',
    url,
  ];
  return lines.join('\n');
}
