import { type Language, preferredLanguage, setLanguage, storedLanguage } from './language.ts';
import { putTranslation, type Translation } from './translation.ts';

/** Each translation is a chunk of its own, loaded by those who read it. */
const TRANSLATIONS: Readonly<Record<Exclude<Language, 'en'>, () => Promise<{ translation: Translation }>>> = {
  de: () => import('./de/index.ts'),
};

/** Puts the texts into the reader's language. It must have ended before any module that reads a text is loaded. */
export async function loadLanguage(): Promise<void> {
  const wanted = preferredLanguage(storedLanguage(), navigator.languages);
  if (wanted === 'en') return;
  const [{ translation }, { texts }] = await Promise.all([TRANSLATIONS[wanted](), import('./all.ts')]);
  putTranslation(texts, translation);
  setLanguage(wanted);
}
