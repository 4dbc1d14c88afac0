// The gate's steps, shared by `pnpm check` and `npm test`: each runs a command and says how many checks passed and which failed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOdoo } from './odoo.mjs';
import { outcomeOfPlaywright, outcomeOfVitest } from './outcomes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = mkdtempSync(join(tmpdir(), 'crossdock-results-'));

const command = (name, argv, cwd = root) => ({
  name,
  argv,
  cwd,
  outcome: (status) => (status === 0 ? { passed: 1, failed: [] } : { passed: 0, failed: [name] }),
});

const vitest = (project, { env = {}, options = [] } = {}) => {
  const report = join(results, `${project}.json`);
  return {
    name: `${project} tests`,
    argv: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--reporter',
      'default',
      '--reporter',
      'json',
      '--outputFile',
      report,
      ...options,
    ],
    cwd: root,
    env,
    outcome: (status) => outcomeOfVitest(readReport(report), status),
  };
};

const readReport = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);

/**
 * Tests that start servers depend on a machine that others use too: one that fails gets a second try, and is named when it needed it. Those without
 * servers, and those whose failure would mean a loss (chaos), get one.
 */
const withServers = (project) => vitest(project, { options: ['--retry', '1'] });

/** What touches the database once more on PostgreSQL. */
const onPostgres = () => ({ ...withServers('postgres'), before: findPostgres });

function findPostgres() {
  const isInstalled = existsSync('/usr/lib/postgresql') || spawnSync('which', ['initdb']).status === 0;
  return isInstalled ? {} : { leftOut: 'PostgreSQL is not installed (Debian: apt-get install postgresql)' };
}

/** The connector against a real Odoo. */
const onOdoo = () => ({ ...withServers('odoo'), before: findOdoo });

const playwright = () => {
  const report = join(results, 'e2e.json');
  return {
    name: 'browser tests',
    argv: ['node_modules/@playwright/test/cli.js', 'test', '--config', 'playwright.config.ts', '--retries', '1'],
    cwd: join(root, 'test'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    outcome: (status) => outcomeOfPlaywright(readReport(report), status),
  };
};

/** The engine's seeded schedules: a sample while coding, all of them in the gate. */
const simulation = (schedules) => vitest('simulation', { env: { CROSSDOCK_SCHEDULES: String(schedules) } });

const quick = [
  command('format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
  command('types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']),
  command('designer types', ['node_modules/typescript/bin/tsc', '-p', 'designer/tsconfig.json']),
  command('layers', ['scripts/layers.mjs']),
  command('generated files are fresh', ['scripts/generate.mjs', '--check']),
  vitest('unit'),
];

export const checks = [...quick, simulation(3_500)];

/** Two lanes where there is more waiting than work; the others take both cores, or measure times. */
export const everything = [
  ...quick,
  command('first load of the designer', ['scripts/first-load.mjs']),
  { lanes: [[withServers('servers')], [simulation(100_000), withServers('contract'), onPostgres()]] },
  // Tests against Odoo wait for it most of their time.
  { lanes: [[vitest('chaos')], [onOdoo()]] },
  playwright(),
];

/**
 * Runs the steps one after the other, those of `lanes` beside each other (what the second lane prints comes when each of its steps ends), but
 * those whose `before` gives a reason to leave them out. Names what failed and what was left out, and prints `N passed, N failed` last. Exit code
 * 1 when anything failed.
 */
export async function runSteps(steps) {
  const results = [];
  for (const step of steps) {
    const [first, ...others] = step.lanes ?? [[step]];
    results.push(...(await Promise.all([runLane(first, false), ...others.map((lane) => runLane(lane, true))])).flat());
  }
  const failed = results.flatMap(({ name, failed }) => failed.map((test) => `${name}: ${test}`));
  if (failed.length > 0) console.log(`\nFailed:\n${failed.map((line) => `  ${line}`).join('\n')}`);
  const unsteady = results.flatMap(({ name, unsteady = [] }) => unsteady.map((test) => `${name}: ${test}`));
  if (unsteady.length > 0)
    console.log(`\nPassed at the second try only:\n${unsteady.map((line) => `  ${line}`).join('\n')}`);
  for (const { reason } of results) if (reason) console.log(`\n${reason}`);
  console.log(`\n${results.reduce((sum, { passed }) => sum + passed, 0)} passed, ${failed.length} failed`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function runLane(steps, isQuiet) {
  const results = [];
  for (const step of steps) results.push(await runStep(step, isQuiet));
  return results;
}

async function runStep(step, isQuiet) {
  const { name } = step;
  if (!isQuiet) console.log(`\n── ${name}`);
  const started = Date.now();
  const { env = {}, leftOut } = (await step.before?.()) ?? {};
  if (leftOut) {
    const reason = `${name}: LEFT OUT, ${leftOut}`;
    console.log(`── ${reason}`);
    return { name, passed: 0, failed: [], reason };
  }
  const { status, printed } = await runCommand({ ...step, env: { ...step.env, ...env } }, isQuiet);
  const { passed, failed, unsteady, skipped = 0 } = step.outcome(status);
  const verdict = failed.length === 0 ? 'passed' : `${failed.length} failed`;
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  if (isQuiet) console.log(`\n── ${name}\n${printed}`);
  console.log(`── ${name}: ${verdict}${skipped === 0 ? '' : `, ${skipped} left out`} (${seconds} s)`);
  return { name, passed, failed, unsteady };
}

/** Runs a command; one that is quiet keeps what it prints until it has ended. */
function runCommand({ argv, cwd, env = {} }, isQuiet) {
  return new Promise((resolve) => {
    const output = isQuiet ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, argv, {
      cwd,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...env },
    });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk));
    const end = (status) => resolve({ status, printed: Buffer.concat(chunks).toString('utf8') });
    child.on('close', (code) => end(code ?? 1));
    child.on('error', () => end(1));
  });
}
