// Writes what is computed from the sources into docs/; `--check` only says whether it is fresh.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rolesMarkdown } from '../packages/api-contract/src/docs.ts';
import { nodeTypesMarkdown } from '../packages/connectors/src/docs.ts';
import { manifests } from '../packages/connectors/src/manifests.ts';
import { errorsMarkdown } from '../packages/errors/src/docs.ts';
import { FUNCTION_GROUPS, functionsMarkdown } from '../packages/mapping/src/functions/catalogue/index.ts';

const files = {
  'docs/errors.md': errorsMarkdown(),
  'docs/mapping-functions.md': functionsMarkdown(FUNCTION_GROUPS),
  'docs/node-types.md': nodeTypesMarkdown(manifests),
  'docs/roles.md': rolesMarkdown(),
};
const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: run node scripts/generate.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) writeFileSync(new URL(`../${path}`, import.meta.url), text);
}

function read(path) {
  const url = new URL(`../${path}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}
