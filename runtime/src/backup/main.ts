import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '@crossdock/errors';
import { openLog } from '../log.ts';
import { commandConfig } from '../process/command-config.ts';
import { StartProblem } from '../process/start-problem.ts';
import { restoreBackup } from './restore-backup.ts';
import { takeBackup } from './take-backup.ts';

// `npm run backup -- --to <file>` and `npm run restore -- --from <file>`: flags of their own, and those that a start takes.

const HELP = `npm run backup -- --to <file> [--with-key]
npm run restore -- --from <file> --data-dir <empty folder> [--key-file <file>]

  --to         the backup to write
  --with-key   put the key of credentials and masked values into it, too
  --from       the backup to restore
  --key-file   the installation's secret.key, where the backup has no key and CROSSDOCK_SECRET_KEY is not set

Where the installation is: --data-dir, --nats-url, --database-url and the like, as for npm start (npm start -- --help).`;

const OWN_FLAGS = ['to', 'from', 'key-file', 'with-key'];
const say = (line: string) => console.log(line);

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : reasonOf(error));
  process.exitCode = 1;
}
// A thread or socket that is left must not keep the terminal.
process.exit();

async function run([command = '', ...argv]: string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) return say(HELP);
  const { own, rest } = splitFlags(argv);
  const config = commandConfig(rest);
  const { log } = openLog(config.logLevel === 'info' ? 'error' : config.logLevel);
  if (command === 'backup') {
    if (own.to === undefined) throw new StartProblem('name the file to write: --to <file>');
    await takeBackup({ config, to: resolve(own.to), withKey: own['with-key'] === true, log, say });
  } else if (command === 'restore') {
    if (own.from === undefined) throw new StartProblem('name the backup: --from <file>');
    const fromFile = own['key-file'] === undefined ? undefined : await readKeyFile(own['key-file']);
    const key = fromFile ?? config.secretKey;
    await restoreBackup({ config, from: resolve(own.from), key, keepKey: fromFile !== undefined, log, say });
  } else throw new StartProblem(HELP);
}

interface OwnFlags {
  to?: string;
  from?: string;
  'key-file'?: string;
  'with-key'?: boolean;
}

/** Tells our flags, with their values, from those of a start. */
function splitFlags(argv: string[]): { own: OwnFlags; rest: string[] } {
  const mine: string[] = [];
  const rest: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const name = word.replace(/^--/, '').split('=')[0] ?? '';
    if (!OWN_FLAGS.includes(name)) rest.push(word);
    else {
      mine.push(word);
      const next = argv[at + 1];
      if (name !== 'with-key' && !word.includes('=') && next !== undefined) {
        mine.push(next);
        at++;
      }
    }
  }
  const text = { type: 'string' } as const;
  try {
    const options = { to: text, from: text, 'key-file': text, 'with-key': { type: 'boolean' } } as const;
    return { own: parseArgs({ args: mine, options }).values, rest };
  } catch (error) {
    throw new StartProblem(reasonOf(error));
  }
}

async function readKeyFile(path: string): Promise<Uint8Array> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new StartProblem(`the key file ${path} cannot be read: ${(cause as Error).message}`);
  });
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32) throw new StartProblem(`the key file ${path} holds no key: 32 bytes in base64`);
  return new Uint8Array(key);
}
