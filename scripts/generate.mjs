// Writes what is computed from the sources into docs/; `--check` only says whether it is fresh.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rolesMarkdown } from '../packages/api-contract/src/docs.ts';
import { nodeTypesMarkdown } from '../packages/connectors/src/docs.ts';
import { manifests } from '../packages/connectors/src/manifests.ts';
import { errorsMarkdown } from '../packages/errors/src/docs.ts';
import { FUNCTION_GROUPS, functionsMarkdown } from '../packages/mapping/src/functions/catalogue/index.ts';
import {
  asyncApiText,
  catalogueBreaks,
  eventCatalogue,
  eventSchemas,
  publishedSchemas,
  rulesMarkdown,
} from '../packages/orders/src/index.ts';

const ORDER_EVENTS = 'docs/asyncapi.generated.json';
const files = {
  [ORDER_EVENTS]: asyncApiText(eventCatalogue),
  'docs/errors.md': errorsMarkdown(),
  'docs/mapping-functions.md': functionsMarkdown(FUNCTION_GROUPS),
  'docs/node-types.md': nodeTypesMarkdown(manifests),
  'docs/order-exceptions.md': rulesMarkdown(),
  'docs/roles.md': rolesMarkdown(),
};
const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
const breaks = breaksOfEvents();
for (const { schema, field, reason } of breaks)
  console.error(
    `${schema}${field && `: ${field}`} ${reason}: this breaks what ${ORDER_EVENTS} promises; make a new version of the type`,
  );
if (breaks.length > 0) process.exitCode = 1;
else if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is stale: run node scripts/generate.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [path, text] of stale) writeFileSync(new URL(`../${path}`, import.meta.url), text);
}

/** What is published is only replaced by what is compatible with it. */
function breaksOfEvents() {
  const published = read(ORDER_EVENTS);
  return published === undefined
    ? []
    : catalogueBreaks(publishedSchemas(JSON.parse(published)), eventSchemas(eventCatalogue));
}

function read(path) {
  const url = new URL(`../${path}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, 'utf8') : undefined;
}
