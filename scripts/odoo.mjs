// Finds the real Odoo that the tests in test/odoo run against.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** It has had the time of all other tests to come up. */
const PATIENCE_MS = 120_000;

/**
 * Gives `{env}`, or `{leftOut}` with the reason. `ODOO_URL` names one that must answer, whatever happens; `ODOO_ENV_FILE` a file that comes
 * into being when one has come up, or could not: lines `NAME=value`, or `ODOO_MISSING=reason`. `ODOO_UNTIL`: seconds since 1970, after which
 * the tests are not begun any more.
 */
export async function findOdoo({ ODOO_URL, ODOO_ENV_FILE, ODOO_UNTIL = 'Infinity' } = process.env) {
  if (ODOO_URL) return { env: {} };
  if (!ODOO_ENV_FILE) return { leftOut: 'ODOO_URL is not set (CONTRIBUTING.md says how to bring an Odoo up)' };
  if (Date.now() > Number(ODOO_UNTIL) * 1000) return { leftOut: 'the other tests took all the time there is' };
  const until = Date.now() + PATIENCE_MS;
  while (!existsSync(ODOO_ENV_FILE)) {
    if (Date.now() > until)
      return { leftOut: `no Odoo came up while the other tests ran, nor ${PATIENCE_MS / 60_000} minutes later` };
    await sleep(500);
  }
  const lines = readFileSync(ODOO_ENV_FILE, 'utf8').trim().split('\n');
  const { ODOO_MISSING, ...env } = Object.fromEntries(lines.map((line) => /^([^=]*)=(.*)$/.exec(line).slice(1)));
  return ODOO_MISSING ? { leftOut: ODOO_MISSING } : { env };
}
