import { hasOdoo, ODOO_KEY, ODOO_URL } from './real-odoo.ts';

const PATIENCE_MS = 30_000;

/** Once before all tests: says that they are left out, or that there is no Odoo where one should be. */
export default async function requireOdoo(): Promise<void> {
  if (!hasOdoo) return console.log('ODOO_URL is not set: the tests against a real Odoo are left out');
  if (ODOO_KEY === '') throw new Error(`ODOO_URL is set, but not ODOO_KEY: enter an administrator's API key`);
  const until = Date.now() + PATIENCE_MS;
  while (!(await isHealthy())) {
    if (Date.now() > until) throw new Error(`no Odoo answers at ODOO_URL=${ODOO_URL} within ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

const isHealthy = (): Promise<boolean> =>
  fetch(`${ODOO_URL}/web/health`, { signal: AbortSignal.timeout(2000) }).then(
    ({ ok }) => ok,
    () => false,
  );
