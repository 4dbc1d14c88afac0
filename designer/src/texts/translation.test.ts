import { describe, expect, test } from 'vitest';
import { translation as german } from './de/index.ts';
import * as english from './index.ts';
import { preferredLanguage, wantsReload } from './language.ts';
import { putTranslation, untranslated } from './translation.ts';

describe('a translation', () => {
  test('into German lacks no text', () => {
    expect(untranslated(english, german)).toEqual([]);
  });

  test('names what it lacks', () => {
    expect(untranslated({ area: { title: 'Title', rows: [{ does: 'Undo' }] } }, { area: { title: 'Titel' } })).toEqual([
      'area.rows.0.does',
    ]);
  });

  test('takes the place of the English texts where modules hold them already, and leaves English what it lacks', () => {
    const texts = { list: { title: 'Flows', none: 'No flows', count: (flows: number) => `${flows} flows` } };
    const held = texts.list;
    putTranslation(texts, { list: { title: 'Abläufe', count: (flows: number) => `${flows} Abläufe` } });
    expect([held.title, held.none, held.count(2)]).toEqual(['Abläufe', 'No flows', '2 Abläufe']);
  });
});

describe('a name that says more than what is seen', () => {
  test.each([
    ['English', english],
    ['German', german],
  ])('holds what is seen, as who speaks to the machine says it: %s', (_language, texts) => {
    const pairs = namesBesideWords(texts);
    expect(pairs.length).toBeGreaterThan(10);
    const without = pairs.filter(({ word, name }) => !name.toLowerCase().includes(word.toLowerCase()));
    expect(without).toEqual([]);
  });
});

/** `open` and `openOf`, `accept` and `acceptLabel`: the word on a button, and its name among others like it. */
function namesBesideWords(texts: object): { word: string; name: string }[] {
  const beside = texts as Readonly<Record<string, unknown>>;
  return Object.entries(beside).flatMap(([key, text]) => {
    if (typeof text === 'object' && text !== null) return namesBesideWords(text);
    // Not `valueOf`, which every object has.
    const name = [`${key}Of`, `${key}Label`].filter((other) => Object.hasOwn(beside, other)).map((at) => beside[at])[0];
    return typeof text === 'string' && typeof name === 'function' ? [{ word: text, name: String(name('A', 'B')) }] : [];
  });
}

describe('the language', () => {
  test.each([
    ['de', ['en-GB'], 'de'],
    [null, ['fr-FR', 'de-AT', 'en'], 'de'],
    ['xx', ['en-US', 'de'], 'en'],
    [null, [], 'en'],
    ['toString', [], 'en'],
  ] as const)('chosen %s in a browser that wants %j is %s', (stored, wanted, language) => {
    expect(preferredLanguage(stored, wanted)).toBe(language);
  });

  test.each([
    ['de', 'en', null, true],
    ['en', 'de', null, true],
    ['de', 'en', 'en', true],
    ['de', 'de', null, false],
    [null, 'en', null, false],
    // Loaded for it already, and its texts could not be had.
    ['de', 'en', 'de', false],
  ] as const)(
    'wanted %s while %s is shown and %s is kept here: loads the page again, %s',
    (wanted, shown, kept, anew) => {
      expect(wantsReload(wanted, shown, kept)).toBe(anew);
    },
  );
});
