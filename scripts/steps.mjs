// The gate's steps, shared by `pnpm check` and `npm test`: each runs a command and says how many checks passed and failed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findOdoo } from './odoo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = mkdtempSync(join(tmpdir(), 'crossdock-results-'));

const command = (name, argv, cwd = root) => ({ name, argv, cwd, count: (status) => (status === 0 ? [1, 0] : [0, 1]) });

const vitest = (project, env = {}) => {
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
    ],
    cwd: root,
    env,
    count: (status) => {
      if (!existsSync(report)) return [0, 1];
      const { numPassedTests, numFailedTests, numFailedTestSuites, success } = JSON.parse(readFileSync(report, 'utf8'));
      const failed = numFailedTests || (success && status === 0 ? 0 : Math.max(1, numFailedTestSuites));
      return [numPassedTests, failed];
    },
    leftOut: () => (existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).numPendingTests : 0),
  };
};

/** What touches the database once more on PostgreSQL. */
const onPostgres = () => ({ ...vitest('postgres'), before: findPostgres });

function findPostgres() {
  const isInstalled = existsSync('/usr/lib/postgresql') || spawnSync('which', ['initdb']).status === 0;
  return isInstalled ? {} : { leftOut: 'PostgreSQL is not installed (Debian: apt-get install postgresql)' };
}

/** The connector against a real Odoo. */
const onOdoo = () => ({ ...vitest('odoo'), before: findOdoo });

const playwright = () => {
  const report = join(results, 'e2e.json');
  return {
    name: 'browser tests',
    argv: ['node_modules/@playwright/test/cli.js', 'test', '--config', 'playwright.config.ts'],
    cwd: join(root, 'test'),
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report },
    count: (status) => {
      if (!existsSync(report)) return [0, 1];
      const { expected, unexpected, flaky } = JSON.parse(readFileSync(report, 'utf8')).stats;
      return [expected, unexpected + flaky || (status === 0 ? 0 : 1)];
    },
  };
};

/** The engine's seeded schedules: a sample while coding, all of them in the gate. */
const simulation = (schedules) => vitest('simulation', { CROSSDOCK_SCHEDULES: String(schedules) });

const quick = [
  command('format and lint', ['node_modules/@biomejs/biome/bin/biome', 'check', '.']),
  command('types', ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']),
  command('designer types', ['node_modules/typescript/bin/tsc', '-p', 'designer/tsconfig.json']),
  command('layers', ['scripts/layers.mjs']),
  command('generated files are fresh', ['scripts/generate.mjs', '--check']),
  vitest('unit'),
];

export const checks = [...quick, simulation(3_500)];

export const everything = [
  ...quick,
  simulation(100_000),
  vitest('servers'),
  vitest('contract'),
  onPostgres(),
  vitest('chaos'),
  playwright(),
  onOdoo(),
];

/** Runs the steps one after the other, but those whose `before` gives a reason to leave them out, and prints `N passed, N failed` last. Exit code 1 when anything failed. */
export async function runSteps(steps) {
  let passed = 0;
  const failures = [];
  const without = [];
  for (const step of steps) {
    console.log(`\n── ${step.name}`);
    const started = Date.now();
    const { env = {}, leftOut: reason } = (await step.before?.()) ?? {};
    if (reason) {
      without.push(`${step.name}: LEFT OUT, ${reason}`);
      console.log(`── ${without.at(-1)}`);
      continue;
    }
    const status = await runCommand({ ...step, env: { ...step.env, ...env } });
    const [ok, bad] = step.count(status);
    passed += ok;
    if (bad > 0) failures.push({ name: step.name, bad });
    const leftOut = step.leftOut?.() ?? 0;
    console.log(
      `── ${step.name}: ${bad === 0 ? 'passed' : `${bad} failed`}${leftOut === 0 ? '' : `, ${leftOut} left out`} (${((Date.now() - started) / 1000).toFixed(0)} s)`,
    );
  }
  const failed = failures.reduce((sum, { bad }) => sum + bad, 0);
  if (failed > 0) console.log(`\nFailed: ${failures.map(({ name, bad }) => `${name} (${bad})`).join(', ')}`);
  for (const line of without) console.log(`\n${line}`);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

function runCommand({ argv, cwd, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, argv, {
      cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('close', (code) => resolve(code ?? 1));
    child.on('error', () => resolve(1));
  });
}
