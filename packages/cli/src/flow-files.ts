import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FLOW_FILE = /(^|\.)flow\.json$/;

/** The flow files below the paths, in order: `flow.json` and `<name>.flow.json`. A file that is named itself may have any name. Throws where a path is not there. */
export function flowFilesBelow(paths: readonly string[]): string[] {
  return [...new Set(paths.flatMap(filesOf))];
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) throw new Error(`"${path}" is not there; name a flow file or a folder with flow files`);
  return statSync(path).isDirectory() ? below(path) : [path];
}

function below(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : below(path);
    return FLOW_FILE.test(entry.name) ? [path] : [];
  });
}
