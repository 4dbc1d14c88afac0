import { type NodeManifest, nodeLine, schemaBeforeEvaluation, schemaProblems } from '@crossdock/flow-model';
import { describe, expect, test } from 'vitest';
import { wait } from './manifest.ts';

const manifest: NodeManifest = wait;
const problems = (config: object) =>
  schemaProblems(config, schemaBeforeEvaluation(manifest.config)).map(
    ({ keys, reason }) => `${keys.join('.')} ${reason}`,
  );

describe('wait', () => {
  test.each([
    [{ for: 'duration', durationMs: 1000 }, []],
    [{ for: 'duration' }, ['durationMs is missing']],
    [{ for: 'duration', durationMs: 366 * 86_400_000 }, ['durationMs must be at most 31536000000']],
    [{ for: 'until' }, ['until is missing']],
    [{ for: 'until', until: '2026-03-29T08:00:00+02:00' }, []],
    [{ for: 'until', until: '= promisedAt' }, []],
    [
      { for: 'until', until: 'tomorrow' },
      ['until must be a time with its offset from UTC, such as 2026-03-29T08:00:00Z'],
    ],
    [{ for: 'event' }, ['key is missing']],
    [{ for: 'event', key: '= orderNo', timeoutMs: '= $vars.patience' }, []],
    [{ for: 'ever' }, ['for must be one of "duration", "until", "event"']],
  ])('%j: %j', (config, expected) => {
    expect(problems(config)).toEqual(expected);
  });

  test.each([
    [{ for: 'duration', durationMs: 5_400_000, until: 'left over' }, 'For 1 h 30 min'],
    [{ for: 'until', until: '= promisedAt', durationMs: 5 }, 'Until = promisedAt'],
    [{ for: 'event', key: '= no', eventType: 'shipped' }, 'For event shipped of = no'],
    [{ for: 'event', key: '= no' }, 'For event of = no'],
    [{ for: 'event' }, 'For an event'],
    [{}, 'For some time'],
  ])('on its card, %j is "%s"', (config, line) => {
    expect(nodeLine({ config }, manifest)).toBe(line);
  });
});
