import { enableCompileCache } from 'node:module';
import { reasonOf } from '@crossdock/errors';
import { readConfig } from './config.ts';
import { openLog } from './log.ts';
import { StartProblem } from './process/start-problem.ts';
import { obeyStopSignals } from './process/stop-signals.ts';

// `node runtime/src/main.ts [flags]`: one start of Crossdock. See README.md, `--help` and config.ts.

// A reader of our output that goes away must not end the process.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const reading = readConfig();
if ('help' in reading) console.log(reading.help);
else if ('problems' in reading) refuse(reading.problems);
else await run(reading);

async function run({ config, warnings }: Extract<typeof reading, { config: unknown }>): Promise<void> {
  const output = openLog(config.logLevel);
  const { log } = output;
  for (const warning of warnings) log.warn(warning);
  // Late: a wrong value is told before the rest is loaded, and what is loaded comes compiled from the last start.
  enableCompileCache();
  const { createRuntime } = await import('./process/runtime.ts');
  const runtime = createRuntime(config, output);
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'an error that nobody handled'));
  process.on('uncaughtException', async (error) => {
    log.fatal({ err: error }, 'stopping on an unexpected error');
    await runtime.stop();
    process.exit(1);
  });
  obeyStopSignals({ log, withLauncher: config.launchedByNpm, stop: () => runtime.stop() });
  try {
    await runtime.start();
  } catch (error) {
    if (!(error instanceof StartProblem)) log.fatal({ err: error }, 'the start failed');
    await runtime.stop();
    refuse([error instanceof StartProblem ? error.message : `the start failed: ${reasonOf(error)}`]);
    process.exit(1);
  }
}

/** One line for each thing wrong. */
function refuse(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
