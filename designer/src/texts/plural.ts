const numbers = new Intl.NumberFormat('en');

/** `1 flow`, `1,204 flows`: the count with its noun in the right number. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${numbers.format(count)} ${count === 1 ? one : many}`;
}
