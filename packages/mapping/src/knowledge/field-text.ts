const WORDS = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function', 'λ']);

/** A field's name as it is written in a path: odd ones in backticks. */
export function fieldText(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !WORDS.has(name) ? name : `\`${name}\``;
}
