import jsonata from 'jsonata';
import { type Ast, nodesOf } from './ast.ts';
import { regexProblem } from './regex.ts';
import { tokenStart } from './token-start.ts';

export interface MappingProblem {
  /** JSONata's own code, such as `S0202`; `REGEX_UNSUPPORTED` for a pattern that cannot run in linear time. */
  code: string;
  message: string;
  /** Where the offending token begins in the source (UTF-16 units, from 0). */
  position: number;
  token?: string;
}

/** The problem that keeps `source` from parsing or from running at all, if any. */
export function checkMapping(source: string): MappingProblem | undefined {
  try {
    return unsupportedRegex(source, jsonata(source).ast() as unknown as Ast);
  } catch (error) {
    if (error instanceof RangeError) return { code: 'S0500', message: 'it is nested too deeply', position: 0 };
    const { code = 'S0500', message = String(error), position = 0, token } = error as Partial<MappingProblem>;
    const start = tokenStart(source, position, token);
    return { code, message, position: start, ...(token === undefined ? {} : { token: String(token) }) };
  }
}

function unsupportedRegex(source: string, ast: Ast): MappingProblem | undefined {
  for (const { type, value, position } of nodesOf(ast)) {
    const problem = type === 'regex' && value instanceof RegExp ? regexProblem(value) : undefined;
    if (problem) return { ...problem, position: tokenStart(source, Number(position ?? 0), problem.token) };
  }
  return undefined;
}
