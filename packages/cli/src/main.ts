#!/usr/bin/env node
import { testCommand } from './test-command.ts';

const USAGE = `Usage: crossdock <command>

  test [paths] [--junit FILE] [--only TEXT]
      Runs the tests of flow files. A path is a flow file, or a folder that holds some at any depth; default: flows.
      --junit FILE  writes the results as JUnit XML too
      --only TEXT   runs tests whose name holds the text
      Ends with 0 when all pass, 1 when one fails, 2 when it was called in a way it does not know.
`;

const [command, ...rest] = process.argv.slice(2);
if (command === 'test') process.exitCode = await testCommand(rest, { out: console.log, complain: console.error });
else {
  const isAsked = command === undefined || command === '--help' || command === 'help';
  (isAsked ? console.log : console.error)(isAsked ? USAGE : `There is no command "${command}".\n\n${USAGE}`);
  process.exitCode = isAsked ? 0 : 2;
}
