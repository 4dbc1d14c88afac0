import type { TestRun } from '@crossdock/api-contract';
import type { Flow, NodeManifest } from '@crossdock/flow-model';
import { expect, it } from 'vitest';
import { answersOfRun, fromNodeOn } from './answers-of-run.ts';

const edge = (source: string, target: string) => ({
  id: `${source}-${target}`,
  source,
  sourceHandle: 'out',
  target,
  targetHandle: 'in',
});
const flow: Flow = {
  formatVersion: 1,
  id: 'f',
  name: 'F',
  nodes: ['a', 'b', 'c', 'd', 'undo'].map((id) => ({
    id,
    type: 'x',
    config: {},
    ...(id === 'b' ? { compensate: 'undo' } : {}),
  })),
  edges: [edge('a', 'b'), edge('b', 'c'), edge('a', 'd')],
};
const manifests = new Map([
  ['x', { kind: 'action', handles: { in: ['in'], out: ['out'] } } as unknown as NodeManifest],
]);
const spans = ['a', 'b', 'd'].map((nodeId) => ({
  nodeId,
  status: 'simulated',
  outputRef: `${nodeId}.out`,
  edges: [],
  output: nodeId,
}));

it('follows a node to all that it leads to, and to what undoes it', () => {
  expect([...fromNodeOn(flow, 'b')].sort()).toEqual(['b', 'c', 'undo']);
  expect([...fromNodeOn(flow, 'd')]).toEqual(['d']);
});

it('keeps what nodes gave, but for those that are to run anew', () => {
  const run = { spans } as unknown as TestRun;
  expect(answersOfRun(flow, run, manifests, fromNodeOn(flow, 'b'))).toEqual({
    a: [{ output: 'a' }],
    d: [{ output: 'd' }],
  });
});
