import { expect, test } from 'vitest';
import { tellVersion } from './nats-version.ts';

const toldOf = (server: { version: string; preferred?: string }, isEmbedded: boolean) => {
  const told: string[] = [];
  const at = (level: string) => (_fields: unknown, text: string) => void told.push(`${level}: ${text}`);
  tellVersion(server, { isEmbedded, log: { info: at('info'), warn: at('warn') } as never });
  return told;
};

test('an old nats-server of one’s own is a warning, the one that comes along a hint with its settings, a sound one nothing', () => {
  const old = { version: '2.14.0', preferred: '2.14.4' };
  expect(toldOf(old, false)).toEqual([expect.stringMatching(/^warn: .*2\.14\.4/)]);
  expect(toldOf(old, true)).toEqual([
    expect.stringMatching(/^info: .*2\.14\.4.*CROSSDOCK_NATS_SERVER.*CROSSDOCK_NATS_URL/),
  ]);
  expect(toldOf({ version: '2.14.4' }, true)).toEqual([]);
});
