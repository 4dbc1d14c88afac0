import { type Config, readConfig } from '../config.ts';
import { StartProblem } from './start-problem.ts';

/** The installation that a command is for, by the flags and variables that a start takes. Throws `StartProblem`. */
export function commandConfig(argv: string[]): Config {
  const reading = readConfig(undefined, argv);
  if ('problems' in reading) throw new StartProblem(reading.problems.join('\n'));
  if ('help' in reading) throw new StartProblem(reading.help);
  return reading.config;
}
