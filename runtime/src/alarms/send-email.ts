import type { AlarmNotice } from '@crossdock/api-contract';
import { type SmtpConnection, withMailServer } from '@crossdock/connectors/mail-server';
import type { GuardedConnect } from '../egress/index.ts';

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

/** Sends a notice through a mail server. Throws `REMOTE_…` or `CONFIG_…`. */
export async function sendEmail(
  connection: SmtpConnection,
  { to, notice, id }: Mail,
  way: { connect: GuardedConnect; signal: AbortSignal },
): Promise<void> {
  const { from } = connection.settings;
  await withMailServer(connection, way, (server) =>
    server.sendMail({
      from,
      to: [...to],
      subject: `[${WORDS[notice.event]}] ${notice.rule}: ${aboutOf(notice)}`,
      text: textOf(notice),
      messageId: `<${id}@${from.split('@')[1] ?? 'crossdock'}>`,
      date: new Date(notice.at),
    }),
  );
}

/** Old notices that are still to be sent name no flow. */
function aboutOf({ flowName, env, subject }: AlarmNotice): string {
  return flowName ? `${flowName} (${env})` : subject;
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
