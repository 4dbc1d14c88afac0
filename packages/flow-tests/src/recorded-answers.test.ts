import type { Flow, NodeManifest } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { withInvented } from './invented.ts';
import { recordedAnswers, withoutRepeats } from './recorded-answers.ts';

const manifest = (kind: NodeManifest['kind'], control?: NodeManifest['control']) =>
  ({ kind, control, handles: { in: ['in'], out: ['out', 'timeout'] } }) as unknown as NodeManifest;
const manifests = new Map([
  ['t', manifest('transform')],
  ['a', manifest('action')],
  ['w', manifest('control', 'wait')],
]);
const flow: Flow = {
  formatVersion: 1,
  id: 'f',
  name: 'F',
  nodes: [
    { id: 'map', type: 't', config: {} },
    { id: 'call', type: 'a', config: {} },
    { id: 'wait', type: 'w', config: {} },
  ],
  edges: [{ id: 'e1', source: 'wait', sourceHandle: 'timeout', target: 'map', targetHandle: 'in' }],
};

describe('recorded answers', () => {
  it('are those of nodes that reach out, attempt by attempt, with errors and the handle that was taken', () => {
    const error = { code: 'REMOTE_ERROR', message: 'away', details: { status: 503 } };
    const spans = [
      { nodeId: 'map', status: 'succeeded', outputRef: 'm', edges: [] },
      { nodeId: 'call', status: 'waiting', error, edges: [] },
      { nodeId: 'call', status: 'succeeded', outputRef: 'c', edges: [] },
      { nodeId: 'call', status: 'succeeded', outputRef: 'c', edges: [] },
      { nodeId: 'wait', status: 'succeeded', outputRef: 'w', edges: ['e1'] },
    ];
    const payloads = new Map<string, unknown>([
      ['m', 1],
      ['c', { id: 7 }],
      ['w', null],
    ]);
    const answers = recordedAnswers(flow, spans, payloads, manifests);
    expect(answers.call).toHaveLength(3);
    expect(withoutRepeats(answers)).toEqual({
      call: [{ error }, { output: { id: 7 } }],
      wait: [{ output: null, handle: 'timeout' }],
    });
    expect(recordedAnswers(flow, spans.slice(2, 3), new Map(), manifests)).toEqual({});
  });
});

describe('withInvented', () => {
  it('puts a value that nobody owns wherever one was masked, by the name of its field', () => {
    const recorded = { email: '•••', contact: { emails: ['•••'], note: 'call •••' }, qty: 2, none: null };
    expect(withInvented(recorded, '•••')).toEqual({
      email: 'ann@example.com',
      contact: { emails: ['ann@example.com'], note: 'call Masked' },
      qty: 2,
      none: null,
    });
  });
});
