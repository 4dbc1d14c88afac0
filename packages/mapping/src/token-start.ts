/** JSONata names the offset behind a token; this gives the one where it begins, or the offset itself where that cannot be told. */
export function tokenStart(source: string, position: number, token: unknown): number {
  const end = Math.max(0, Math.min(position, source.length));
  if (typeof token !== 'string' || token === '') return end;
  const start = source.lastIndexOf(token, end - 1);
  // A regular expression's flags, a quote or a bracket may stand between.
  return start >= 0 && end - (start + token.length) <= 4 ? start : end;
}
