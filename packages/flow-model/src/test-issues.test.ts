import { describe, expect, it } from 'vitest';
import { testIssues } from './test-issues.ts';

const nodes = new Set(['hook', 'map']);
const sound = { name: 'one', payload: {}, expect: { path: ['hook', 'map'], outputs: { map: 1 } } };
const pathsOf = (...tests: unknown[]) =>
  testIssues({ tests, samples: [{ name: 'One', payload: {} }] }, nodes).map(({ path }) => path);

describe('issues of tests', () => {
  it('finds nothing wrong with a sound test, nor with what is no list', () => {
    expect(pathsOf(sound, { ...sound, name: 'two', payload: undefined, sample: 'One' })).toEqual([]);
    expect(testIssues({ tests: 7 }, nodes)).toEqual([]);
    expect(pathsOf(7, null, { answers: 1, expect: 1, tolerances: 1, payload: 1, name: 'x' }).length).toBeGreaterThan(0);
  });

  it.each<[object, string]>([
    [{ payload: undefined }, '/tests/0'],
    [{ sample: 'Two' }, '/tests/0/sample'],
    [{ receivedAt: 'today' }, '/tests/0/receivedAt'],
    [{ trigger: 'gone' }, '/tests/0/trigger'],
    [{ answers: { gone: [] } }, '/tests/0/answers/gone'],
    [{ answers: { map: [{}, { error: { code: 'NO_SUCH' } }] } }, '/tests/0/answers/map/1/error/code'],
    [{ expect: { path: ['hook', 'gone'] } }, '/tests/0/expect/path/1'],
    [{ expect: { calls: { gone: [] } } }, '/tests/0/expect/calls/gone'],
    [{ expect: { error: { code: 'X', nodeId: 'gone' } } }, '/tests/0/expect/error/nodeId'],
    [{ tolerances: [{ path: 'a..b', as: 'type' }] }, '/tests/0/tolerances/0/path'],
    [{ tolerances: [{ path: 'a', as: 'pattern', pattern: '(' }] }, '/tests/0/tolerances/0/pattern'],
  ])('warns of %o', (change, path) => {
    const [issue, ...more] = testIssues({ tests: [{ ...sound, ...change }], samples: [] }, nodes);
    expect(more).toEqual([]);
    expect(issue).toMatchObject({ code: 'FLOW_TEST', severity: 'warning', path });
  });

  it('warns of a name that two tests have', () => {
    expect(pathsOf(sound, sound)).toEqual(['/tests/1/name']);
  });
});
