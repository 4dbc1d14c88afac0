import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { reasonOf } from '@crossdock/errors';
import { type FlowReport, hasPassed, junitXml, reportText } from '@crossdock/flow-tests';
import { flowFilesBelow } from './flow-files.ts';
import { tryFlowFile } from './try-flow-file.ts';

interface Streams {
  out(text: string): void;
  complain(text: string): void;
}

/** Runs `crossdock test` and gives its exit code: 0 all pass, 1 one fails, 2 called in a way it does not know. */
export async function testCommand(args: readonly string[], { out, complain }: Streams): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { junit: { type: 'string' }, only: { type: 'string' } },
    });
    const files = flowFilesBelow(positionals.length > 0 ? positionals : ['flows']);
    if (files.length === 0) throw new Error('there are no flow files: they are named flow.json or <name>.flow.json');
    const reports: FlowReport[] = [];
    for (const file of files) reports.push(await tryFlowFile(file, values.only));
    out(reportText(reports));
    if (values.junit !== undefined) writeWhole(values.junit, junitXml(reports));
    return hasPassed(reports) ? 0 : 1;
  } catch (error) {
    complain(`crossdock test: ${reasonOf(error)}`);
    return 2;
  }
}

function writeWhole(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
