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
