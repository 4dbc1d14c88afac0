import { defineConfig } from 'vitest/config';

const simulation = ['packages/engine/src/simulation.test.ts'];
const servers = ['packages/bus/src/**/*.test.ts', 'runtime/src/**/*.test.ts'];

// Two cores: unit tests may run side by side; those that start servers run one file at a time.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'designer/src/**/*.test.ts'],
          exclude: [...servers, ...simulation],
          setupFiles: ['packages/mapping/src/testing/steady-seed.ts'],
          testTimeout: 60_000,
        },
      },
      { test: { name: 'simulation', include: simulation } },
      {
        test: {
          name: 'servers',
          include: servers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'contract',
          include: ['test/{contract,flows}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        // Against the real Odoo that `ODOO_URL` names; left out where it names none.
        test: {
          name: 'odoo',
          include: ['test/odoo/**/*.test.ts'],
          globalSetup: ['test/odoo/reachable.ts'],
          // Odoo hashes passwords so slowly on purpose that a busy machine takes a minute for a test that makes users.
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        // What touches the database, once more on PostgreSQL.
        test: {
          name: 'postgres',
          include: [
            'runtime/src/{alarms,api,audit,auth,process,projector,seed,store,subscriptions}/**/*.test.ts',
            'test/contract/**/*.test.ts',
          ],
          globalSetup: ['test/fixtures/postgres-suite.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['test/chaos/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
