import { expect, it } from 'vitest';
import { junitXml, reportText } from './report.ts';
import { type FlowReport, hasPassed } from './test-result.ts';

const reports: FlowReport[] = [
  {
    flowId: 'orders',
    name: 'Orders',
    file: 'flows/orders/flow.json',
    results: [
      { name: 'arrives', passed: true, durationMs: 12, differences: [] },
      {
        name: 'is "refused" & told',
        passed: false,
        durationMs: 3,
        differences: [
          { path: 'outputs.map.no', nodeId: 'map', expected: '<1>', got: 2 },
          { path: 'reply', got: null },
        ],
      },
    ],
  },
  { flowId: 'broken', name: 'Broken', results: [], problem: '/nodes: must be an array' },
];

it('tells people what differs and the sums', () => {
  expect(reportText(reports)).toBe(`orders  flows/orders/flow.json
  ✓ arrives (12 ms)
  ✗ is "refused" & told (3 ms)
      outputs.map.no
        expected "<1>"
        got      2
      reply
        expected nothing
        got      null

broken
  ✗ /nodes: must be an array

1 passed, 1 failed, 1 flow could not be tried`);
});

it('tells CI the same as JUnit XML', () => {
  const xml = junitXml(reports);
  expect(xml).toContain('<testsuite name="orders" tests="2" failures="1" time="0.015">');
  expect(xml).toContain('name="is &quot;refused&quot; &amp; told"');
  expect(xml).toContain('<failure message="outputs.map.no">outputs.map.no\n  expected &quot;&lt;1&gt;&quot;');
  expect(xml).toContain('<testsuite name="broken" tests="1" failures="1" time="0">');
});

it('holds no character that XML cannot', () => {
  const odd = { ...reports[0], flowId: 'a\u0000b' } as FlowReport;
  expect(junitXml([odd])).toContain('a\u{fffd}b');
});

it('passes only where all pass', () => {
  expect(hasPassed(reports)).toBe(false);
  expect(hasPassed([{ flowId: 'f', name: 'F', results: [] }])).toBe(true);
});
