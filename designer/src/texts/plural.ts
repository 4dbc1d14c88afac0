import { locale } from './language.ts';

/** `1 flow`, `1,204 flows`: the count with its noun in the right number. Nouns of other languages give their `many`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString(locale())} ${count === 1 ? one : many}`;
}
