import type * as texts from './index.ts';

/** Texts in another language: of the same shape, with any of them left out. A key that English does not have is a type error. */
export type Translated<Text> = Text extends (...args: infer Args) => string
  ? (...args: Args) => string
  : Text extends string
    ? string
    : { readonly [Key in keyof Text]?: Translated<Text[Key]> };

export type Translation = Translated<typeof texts>;

/** Puts each text of `translation` in the place of the English one; what it leaves out stays English. `texts` is changed. */
export function putTranslation(texts: object, translation: object): void {
  for (const [key, value] of Object.entries(translation)) {
    if (typeof value === 'object') putTranslation(Reflect.get(texts, key), value);
    else Reflect.set(texts, key, value);
  }
}

/** Paths of the texts that `translation` lacks: `flowTexts.list.create`. */
export function untranslated(texts: object, translation: object | undefined, path: readonly string[] = []): string[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const at = [...path, key];
    const there: unknown = translation && Reflect.get(translation, key);
    if (typeof value === 'object') return untranslated(value, there as object | undefined, at);
    return there === undefined ? [at.join('.')] : [];
  });
}
