import { compileRegex } from '../regex/index.ts';
import type { Code } from '../run/code.ts';
import { FunctionArgument, takingValues } from '../run/function-value.ts';
import type { AstNode } from './ast-node.ts';

/** A regular expression: a function that gives the first match in a string, which leads on to the next one. */
export function regexCode(node: AstNode): Code {
  // On the left of `?:` the parser makes a copy by way of JSON, which leaves an object of a pattern, and of that the reference makes another.
  const native = node.value instanceof RegExp ? node.value : new RegExp(String(node.value), 'g');
  return (_input, _frame, run) => {
    const regex = compileRegex(native);
    const spend = (steps: number): void => run.spend(steps);
    // One place for all matches, as the reference has it.
    let lastIndex = 0;
    const closure = (given: unknown, fromIndex?: number): unknown => {
      // A function has no text, as for `$string`; one that comes within a list is an object to the reference, and has an object's.
      const text = given instanceof FunctionArgument ? '' : (given as string);
      const found = regex.exec(typeof text === 'function' ? '' : String(text), fromIndex || 0, spend);
      lastIndex = found?.end ?? 0;
      if (found === null) return undefined;
      const { match, start, end, groups } = found;
      return {
        match,
        start,
        end,
        groups,
        next: () => {
          if (lastIndex >= text.length) return undefined;
          const next = closure(text, lastIndex) as { match: string } | undefined;
          if (next?.match === '') throw { code: 'D1004', position: node.position, value: native.source };
          return next;
        },
      };
    };
    return takingValues(closure);
  };
}
