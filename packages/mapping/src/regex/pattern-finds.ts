import { compileRegex } from './compile-regex.ts';

const MAX_STEPS = 1_000_000;

/** Whether the pattern matches somewhere in the text, in bounded time. False too where that cannot be said in it (look-around,
 * back-references), and for what is no pattern. */
export function patternFinds(pattern: string, text: string): boolean {
  let left = MAX_STEPS;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw new RangeError('too many steps');
  };
  try {
    return compileRegex(new RegExp(pattern)).exec(text, 0, spend) !== null;
  } catch {
    return false;
  }
}
