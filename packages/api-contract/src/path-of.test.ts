import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOf } from './path-of.ts';
import { routes } from './routes.ts';

describe('pathOf', () => {
  it('fills in parameters and query', () => {
    expect(pathOf(routes.getRevision, { flowId: 'shop', revision: 3 })).toBe('/api/v1/flows/shop/revisions/3');
    expect(pathOf(routes.listFlows, {}, { q: 'a b&c', limit: 5, cursor: undefined })).toBe(
      '/api/v1/flows?q=a%20b%26c&limit=5',
    );
  });

  it('refuses a parameter that would lead to another route', () => {
    for (const flowId of ['', '.', '..', undefined])
      expect(() => pathOf(routes.getFlow, { flowId })).toThrow(TypeError);
  });

  it('keeps any other text within its segment and its query value', () => {
    const wellFormed = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text !== '.' && text !== '..');
    fc.assert(
      fc.property(wellFormed, fc.string({ unit: 'binary' }), (executionId, ref) => {
        fc.pre(ref !== '' && ref !== '.' && ref !== '..');
        const url = new URL(pathOf(routes.getPayload, { executionId, ref }, { q: ref }), 'http://host.test');
        const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
        expect(segments).toEqual([
          'api',
          'v1',
          'executions',
          executionId.toWellFormed(),
          'payloads',
          ref.toWellFormed(),
        ]);
        expect(url.searchParams.get('q')).toBe(ref.toWellFormed());
      }),
    );
  });
});
