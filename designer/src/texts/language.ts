import type { Preferences } from '@crossdock/api-contract';

export type Language = NonNullable<Preferences['language']>;

/** Languages of the designer: how each calls itself, and the locale by which its dates and numbers are written. */
export const LANGUAGES: Readonly<Record<Language, { readonly title: string; readonly locale: string }>> = {
  en: { title: 'English', locale: 'en-GB' },
  de: { title: 'Deutsch', locale: 'de-DE' },
};

/** Where the language of the next page load is kept, in this browser: nobody is known yet when the texts are loaded. */
const LANGUAGE_KEY = 'crossdock-language';

let current: Language = 'en';

/** The language that the texts are in. It is set once, before the app loads, and holds until the page is loaded again. */
export const language = (): Language => current;

/** BCP 47, for `Intl`. */
export const locale = (): string => LANGUAGES[current].locale;

/** Called by whoever has loaded the texts of `next`, before the app. */
export function setLanguage(next: Language): void {
  current = next;
  document.documentElement.lang = next;
}

/** What was chosen (`stored`), else the first of the browser's `wanted` languages (BCP 47) that there is, else English. */
export function preferredLanguage(stored: string | null, wanted: readonly string[]): Language {
  return [stored ?? '', ...wanted].map((tag) => tag.split('-')[0] ?? '').find(isLanguage) ?? 'en';
}

/** The language chosen in this browser, `null` without one. */
export function storedLanguage(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    // Storage can be switched off by policy; the browser's languages then decide.
    return null;
  }
}

/** Keeps the choice in this browser and loads the page again in that language: modules read their texts as they load. */
export function chooseLanguage(next: Language): void {
  localStorage.setItem(LANGUAGE_KEY, next);
  location.reload();
}

/**
 * Whether the page has to be loaded again for the language that a person `wanted`, wherever they chose it. Not where it was loaded for it
 * already and still shows another: its texts could not be had then.
 */
export function wantsReload(wanted: Language | null, shown: Language, stored: string | null): wanted is Language {
  return wanted !== null && wanted !== shown && wanted !== stored;
}

/** Shows what the person wants. It settles where that is shown already or nothing can be kept; else the page is about to be loaded again. */
export async function showLanguageOf(wanted: Language | null): Promise<void> {
  if (!wantsReload(wanted, current, storedLanguage())) return;
  try {
    chooseLanguage(wanted);
  } catch {
    return;
  }
  await new Promise<never>(() => undefined);
}

function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(LANGUAGES, tag);
}
