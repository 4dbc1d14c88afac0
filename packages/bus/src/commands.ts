import { randomUUID } from 'node:crypto';
import type { Command, CommandPort, ExecutionAddress } from '@crossdock/engine';
import type { Link } from './link.ts';
import { runSubject } from './names.ts';
import { publishPatiently } from './publish-patiently.ts';

/** What a message on `run.q` carries: the lease token, and for a command what is asked. */
export interface RunBody {
  token: string;
  command?: Command;
}

/** Commands as messages on `run.q`. Two copies after a lost confirmation are harmless: the journal decides. */
export function createCommands(link: Link): CommandPort {
  return { send: (address, command) => sendCommand(link, address, command) };
}

/** `token`: one of its own, unless the command is to carry on under the journal's. */
export async function sendCommand(
  link: Link,
  address: ExecutionAddress,
  command: Command,
  token: string = randomUUID(),
): Promise<void> {
  await publishPatiently(link, runSubject(address), JSON.stringify({ token, command } satisfies RunBody));
}
