import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { boundedLabel } from './health/bounded-label.ts';
import { createMetrics, metricTable } from './metrics.ts';

const docs = (path: string) => readFile(new URL(`../../docs/${path}`, import.meta.url), 'utf8');
const names = Object.keys(metricTable);

test('the dashboard asks for metrics that exist, by labels that they have', async () => {
  const { panels, templating } = JSON.parse(await docs('grafana/crossdock.json'));
  const queries: string[] = [
    ...panels.flatMap(({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr)),
    ...templating.list.flatMap(({ query }: { query: { query?: string } }) => query.query ?? []),
  ];
  expect(queries.length).toBeGreaterThan(15);
  for (const query of queries) {
    const named = [...query.matchAll(/(crossdock_[a-z_]+)(?:\{([^}]*)\})?/g)];
    expect(named.length, query).toBeGreaterThan(0);
    for (const [, name = '', filter = ''] of named) {
      const metric = name.replace(/_(?:bucket|count|sum)$/, '');
      const row = metricTable[metric as keyof typeof metricTable];
      expect(row, name).toBeDefined();
      if (name !== metric) expect(row.kind).toBe('histogram');
      for (const [, label] of filter.matchAll(/(\w+)=/g)) expect(row.labels, query).toContain(label);
    }
  }
});

test('every metric stands in the docs, and nothing else does', async () => {
  const listed = [...(await docs('metrics.md')).matchAll(/^\| `(crossdock_\w+)`/gm)].map(([, name]) => name);
  expect(listed.toSorted()).toEqual(names.toSorted());
});

test('a gauge that is replaced forgets the labels that are gone', async () => {
  const metrics = createMetrics();
  const values = async () =>
    (await metrics.snapshot())
      .find(({ name }) => name === 'crossdock_flow_queue_depth')
      ?.values.map(({ value }) => value);
  metrics.replace('crossdock_flow_queue_depth', [
    { labels: { env: 'dev', flow: 'a' }, value: 3 },
    { labels: { env: 'dev', flow: 'b' }, value: 1 },
  ]);
  metrics.replace('crossdock_flow_queue_depth', [{ labels: { env: 'dev', flow: 'b' }, value: 2 }]);
  expect(await values()).toEqual([2]);
  metrics.replace('crossdock_flow_queue_depth', []);
  expect(await values()).toEqual([]);
});

test('label values beyond the bound are one', () => {
  const label = boundedLabel(2);
  expect(['a', 'b', 'c', 'a', 'd'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other']);
});
