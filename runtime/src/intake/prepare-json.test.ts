import { randomBytes } from 'node:crypto';
import { parsePayload, WrittenJson } from '@crossdock/payload';
import { afterAll, describe, expect, test } from 'vitest';
import { openVault } from '../vault/index.ts';
import { compileKeys, type KeySources } from './keys.ts';
import { createLargeBodies } from './large-bodies.ts';
import { type PreparationContext, type PreparedPayload, prepareJson } from './prepare-json.ts';

const secretKey = randomBytes(32);
const seal = openVault({ secretKey });
const largeBodies = createLargeBodies(secretKey);
afterAll(() => largeBodies.close());

function contextOf(sources: KeySources): PreparationContext {
  return { env: 'dev', mask: sources.mask ?? [], rules: compileKeys(sources), bindings: {}, headers: {}, seal };
}

/** What a worker makes of what is stored. */
function openedPayload({ payload }: PreparedPayload): unknown {
  const stored =
    payload instanceof WrittenJson ? Buffer.from(payload.text as string).toString() : JSON.stringify(payload);
  return seal.open(JSON.parse(stored), { env: 'dev', executionId: 'e' });
}

const TEXTS = [
  '{"order":"A1","lines":[{"sku":"4006381333931","qty":2}]}',
  '{"id": 12345678901234567890, "price": 1.10}',
  '{"sscc":"340123450000000017","name":"M\\u00fcller","note":"a \\u0024 sign"}',
  '{"$sealed":"made up"}',
  '{"\\u0024sealed":"made up"}',
  '{"\\u0024\\u0073ealed":"made up"}',
  '{"email":"a@example.test","again":"a@example.test"}',
  '\ufeff[1]',
  'null',
];

describe('a JSON body', () => {
  test.each(TEXTS)('rests as its own text or sealed, and gives the same when it is opened: %s', async (text) => {
    const clean = text.replace('\ufeff', '');
    for (const mask of [[], ['email']]) {
      const prepared = await prepareJson(clean, contextOf({ mask }));
      expect(openedPayload(prepared)).toEqual(parsePayload(clean));
    }
  });

  test('rests as its own text only where no number, no mask and nothing that looks sealed asks for more', async () => {
    const isOwn = async (text: string, sources: KeySources = {}) =>
      (await prepareJson(text, contextOf(sources))).payload instanceof WrittenJson;
    expect(await isOwn(TEXTS[0] as string)).toBe(true);
    expect(await isOwn(TEXTS[0] as string, { mask: ['email'] })).toBe(false);
    for (const text of TEXTS.slice(1, 6)) expect(await isOwn(text)).toBe(false);
  });
});

describe('a large body', () => {
  const pad = 'x'.repeat(600_000);
  const sources: KeySources = {
    businessKeys: { orderNo: 'order', mail: 'email' },
    dedupeKey: 'order',
    mask: ['email'],
  };
  const prepare = (text: string, given = sources) => largeBodies.prepare(Buffer.from(text), contextOf(given));

  test('comes to the same in the thread as on the event loop', async () => {
    for (const given of [sources, { businessKeys: { orderNo: 'order' } }]) {
      const text = JSON.stringify({ order: 'L1', email: 'a@example.test', pad });
      const there = await prepare(text, given);
      const here = await prepareJson(text, contextOf(given));
      expect(there.keys).toEqual(here.keys);
      expect(openedPayload(there)).toEqual(openedPayload(here));
    }
  });

  test.each([
    ['DATA_MALFORMED', `{"pad":"${pad}"`],
    ['DATA_TOO_DEEP', `${'['.repeat(101)}"${pad}"${']'.repeat(101)}`],
    ['DATA_FORBIDDEN_KEY', `{"__proto__":1,"pad":"${pad}"}`],
    ['DATA_KEY', `{"order":{},"pad":"${pad}"}`],
  ])('is refused with %s, and the next one is taken', async (code, text) => {
    await expect(prepare(text)).rejects.toMatchObject({ code });
    await expect(prepare(`{"order":"next","pad":"${pad}"}`)).resolves.toMatchObject({
      keys: { keys: { orderNo: ['next'] } },
    });
  });
});
