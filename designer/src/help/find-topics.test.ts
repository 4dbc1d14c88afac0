import { catalogue } from '@crossdock/errors';
import type { NodeManifest } from '@crossdock/flow-model';
import { expect, test } from 'vitest';
import { findTopics } from './find-topics.ts';

const manifest = (type: string, kind: NodeManifest['kind'], summary: string) =>
  ({ type, kind, title: type.toUpperCase(), summary, connector: 'Test' }) as NodeManifest;
const manifests = [manifest('http.request', 'action', 'Call an endpoint.'), manifest('hook', 'trigger', 'Begin.')];

test('without a query there are all node types by kind, then all errors', () => {
  const groups = findTopics(manifests, '');
  expect(groups.map(({ kind }) => kind)).toEqual(['trigger', 'action', 'error']);
  expect(groups.at(-1)?.entries).toHaveLength(Object.keys(catalogue).length);
});

test('an error is found by its code, and by words of what it says and what to do', () => {
  const found = (query: string) =>
    findTopics(manifests, query).flatMap(({ entries }) => entries.map(({ title }) => title));
  expect(found('remote_timeout')).toEqual(['REMOTE_TIMEOUT']);
  expect(found('did not answer within')).toContain('REMOTE_TIMEOUT');
  expect(found('endpoint call')).toEqual(['HTTP.REQUEST']);
  expect(found('no such thing at all')).toEqual([]);
});
