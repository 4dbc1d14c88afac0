import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DEMO_FLOW = 'shop-order-to-erp';

interface DemoFlow {
  nodes: { type: string; config?: { path?: string } }[];
  samples?: { payload: unknown }[];
}

/**
 * The curl line that drives the demo flow: posts its first sample, which is put into a file of the data folder.
 * Undefined when the demo flow is not there.
 */
export function demoCurlLine(flowsFolder: string, dataDir: string, hooksUrl: string): string | undefined {
  const flow = readDemoFlow(join(flowsFolder, DEMO_FLOW, 'flow.json'));
  const path = flow?.nodes.find(({ type }) => type === 'webhook')?.config?.path;
  const sample = flow?.samples?.[0];
  if (path === undefined || sample === undefined) return undefined;
  const file = join(dataDir, 'demo-order.json');
  // Who keeps nothing else in the folder may not have one yet.
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, `${JSON.stringify(sample.payload, null, 2)}\n`);
  return `curl -sS -X POST ${hooksUrl}/hooks/dev/${path} -H 'Content-Type: application/json' --data-binary ${quoted(`@${file}`)}`;
}

function readDemoFlow(file: string): DemoFlow | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** For a POSIX shell. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
