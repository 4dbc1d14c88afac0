import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A flow's file as it lies in the folder of flows. */
export interface FlowFile {
  /** Of its folder. */
  readonly name: string;
  readonly path: string;
  readonly text: string;
}

/** Every `<name>/flow.json` of a folder, by name; none where there is no such folder. */
export async function flowFiles(flowsDir: string): Promise<FlowFile[]> {
  const names = await readdir(flowsDir).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    names.toSorted().map(async (name) => {
      const path = join(flowsDir, name, 'flow.json');
      const text = await readText(path);
      return text === undefined ? [] : [{ name, path, text }];
    }),
  );
  return found.flat();
}

/** The text of `<name>/README.md`; nothing where there is none. */
export const readmeOf = (flowsDir: string, name: string): Promise<string | undefined> =>
  readText(join(flowsDir, name, 'README.md'));

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}
