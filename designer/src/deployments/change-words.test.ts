import { expect, test } from 'vitest';
import { changesInWords, edgeInWords, valueText } from './change-words.ts';

test('what a deployment changed is said in one line', () => {
  expect(
    changesInWords({
      nodes: [
        { nodeId: 'map', type: 'transform', name: 'Map', change: 'changed', fields: ['config.mapping', 'timeoutMs'] },
        { nodeId: 'chk', type: 'validate', change: 'added', fields: [] },
        { nodeId: 'old', type: 'wait', change: 'removed', fields: [] },
      ],
      edges: 2,
      fields: ['settings.concurrency'],
    }),
  ).toBe('Map (config.mapping, timeoutMs), + chk, − old, settings.concurrency, 2 edges changed');
  expect(changesInWords({ nodes: [], edges: 0, fields: [] })).toBe(
    'Nothing differs but the drawing, or nothing at all.',
  );
});

test('edges name the handle that is not the usual one', () => {
  const edge = { id: 'e', source: 'erp', sourceHandle: 'out', target: 'map', targetHandle: 'in' };
  expect(edgeInWords(edge)).toBe('erp → map');
  expect(edgeInWords({ ...edge, sourceHandle: 'error' })).toBe('erp.error → map');
});

test('text is shown as it is, other values as JSON, and none by a word', () => {
  expect(['= $', 2, { a: 1 }, undefined].map(valueText)).toEqual(['= $', '2', '{\n  "a": 1\n}', 'not set']);
});
