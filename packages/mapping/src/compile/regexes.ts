import { LinearRegex } from '../regex.ts';
import type { Code } from '../run/code.ts';
import type { AstNode } from './ast-node.ts';

/** A regular expression: a function that gives the first match in a string, which leads on to the next one. */
export function regexCode(node: AstNode): Code {
  const native = node.value as RegExp;
  return () => {
    const engine = new LinearRegex(native);
    const closure = (text: string, fromIndex?: number): unknown => {
      engine.lastIndex = fromIndex || 0;
      const match = engine.exec(text);
      if (match === null) return undefined;
      const [found, ...groups] = match;
      return {
        match: found,
        start: match.index,
        end: match.index + found.length,
        groups,
        next: () => {
          if (engine.lastIndex >= text.length) return undefined;
          const next = closure(text, engine.lastIndex) as { match: string } | undefined;
          if (next?.match === '') throw { code: 'D1004', position: node.position, value: native.source };
          return next;
        },
      };
    };
    return closure;
  };
}
