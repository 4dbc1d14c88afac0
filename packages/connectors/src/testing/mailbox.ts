import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

/** A mail server on loopback that takes everything. */
export interface Mailbox {
  readonly port: number;
  /** Whole messages with their headers, oldest first. */
  readonly mails: readonly string[];
  stop(): Promise<void>;
}

/** Speaks as much of RFC 5321 as a client needs to hand a message over; with `password`, of RFC 4954 (PLAIN) too. */
export async function startMailbox({ password }: { password?: string } = {}): Promise<Mailbox> {
  const mails: string[] = [];
  const server = createServer((socket) => serve(socket, mails, password));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function serve(socket: Socket, mails: string[], password: string | undefined): void {
  let text = '';
  let isData = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  socket.on('error', () => undefined);
  say('220 mailbox');
  socket.on('data', (chunk) => {
    text += chunk.toString();
    for (;;) {
      const end = isData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
      if (end < 0) return;
      const part = text.slice(0, end);
      text = text.slice(end + (isData ? 5 : 2));
      if (isData) {
        mails.push(part);
        isData = false;
        say('250 taken');
      } else if (/^DATA/i.test(part)) {
        isData = true;
        say('354 go on');
      } else if (password !== undefined && /^EHLO/i.test(part)) {
        say('250-mailbox');
        say('250 AUTH PLAIN');
      } else if (/^AUTH PLAIN /i.test(part)) {
        const [, , given] = Buffer.from(part.slice('AUTH PLAIN '.length), 'base64').toString().split('\0');
        say(given === password ? '235 welcome' : '535 wrong password');
      } else if (/^QUIT/i.test(part)) {
        say('221 bye');
        socket.end();
      } else say('250 ok');
    }
  });
}
