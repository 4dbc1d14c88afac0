import { parseArgs } from 'node:util';
import { reasonOf } from '@crossdock/errors';
import { openLog } from '../log.ts';
import { commandConfig } from '../process/command-config.ts';
import { StartProblem } from '../process/start-problem.ts';
import { setPasswordOf } from './set-password.ts';

// `npm run set-password -- --email <e-mail>`: a flag of its own, and those that a start takes.

const HELP = `npm run set-password -- --email <e-mail>

  --email   whose password is replaced by a new one, which is printed once

Where the installation is: --data-dir, --database-url and the like, as for npm start (npm start -- --help). With the database in
the data folder, stop the installation first.`;

try {
  await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartProblem ? error.message : reasonOf(error));
  process.exitCode = 1;
}
// A thread or socket that is left must not keep the terminal.
process.exit();

async function run(argv: string[]): Promise<void> {
  if (argv.includes('--help') || argv.includes('-h')) return console.log(HELP);
  const { email, rest } = splitEmail(argv);
  if (email === undefined || email === '') throw new StartProblem(HELP);
  const config = commandConfig(rest);
  const { log } = openLog(config.logLevel === 'info' ? 'error' : config.logLevel);
  const password = await setPasswordOf(email, { config, log });
  console.log(`New password of ${email}: ${password}`);
  console.log(
    'It is shown only now. Sign in with it, then change it under Your account; the audit tells that it was set.',
  );
}

/** Tells our flag from those of a start. */
function splitEmail(argv: string[]): { email: string | undefined; rest: string[] } {
  const at = argv.findIndex((word) => word === '--email' || word.startsWith('--email='));
  if (at < 0) return { email: undefined, rest: argv };
  const length = argv[at] === '--email' ? 2 : 1;
  try {
    const { values } = parseArgs({ args: argv.slice(at, at + length), options: { email: { type: 'string' } } });
    return { email: values.email, rest: argv.toSpliced(at, length) };
  } catch (error) {
    throw new StartProblem(reasonOf(error));
  }
}
