import { accountTexts } from '../texts/index.ts';

const t = accountTexts.sessions;

// Chromium's kin name Chrome and Safari too: the more particular name comes first.
const BROWSERS: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|HeadlessChrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** A user agent in words: browser and system where they are known, else what the program calls itself. */
export function deviceName(userAgent: string | null): string {
  if (!userAgent) return t.unknown;
  const named = (list: readonly [RegExp, string][]) => list.find(([pattern]) => pattern.test(userAgent))?.[1];
  const [browser, system] = [named(BROWSERS), named(SYSTEMS)];
  if (browser && system) return t.on(browser, system);
  return browser ?? userAgent.split(/[\s/(]/, 1)[0] ?? t.unknown;
}
