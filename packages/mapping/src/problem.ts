import jsonata from 'jsonata';
import { type AstNode, regexesOf } from './compile/ast-node.ts';
import { regexProblem } from './regex/index.ts';
import { tokenStart } from './token-start.ts';

export interface MappingProblem {
  /** JSONata's own code, such as `S0202`; `REGEX_UNSUPPORTED` for a pattern that is too large. */
  code: string;
  message: string;
  /** Where the offending token begins in the source (UTF-16 units, from 0). */
  position: number;
  token?: string;
}

/** The problem that keeps `source` from parsing or from running at all, if any. */
export function checkMapping(source: string): MappingProblem | undefined {
  return readMapping(source).problem;
}

/** The tree of a mapping, or the problem that it has. */
export function readMapping(
  source: string,
): { ast: AstNode; problem?: undefined } | { ast?: undefined; problem: MappingProblem } {
  try {
    const ast = jsonata(source).ast() as unknown as AstNode;
    const problem = unsupportedRegex(source, ast);
    return problem ? { problem } : { ast };
  } catch (error) {
    return { problem: problemOf(error, source) };
  }
}

function problemOf(error: unknown, source: string): MappingProblem {
  if (error instanceof RangeError) return { code: 'S0500', message: 'it is nested too deeply', position: 0 };
  const { code = 'S0500', message = String(error), position = 0, token } = error as Partial<MappingProblem>;
  const start = tokenStart(source, position, token);
  return { code, message, position: start, ...(token === undefined ? {} : { token: String(token) }) };
}

function unsupportedRegex(source: string, ast: AstNode): MappingProblem | undefined {
  for (const { regex, position } of regexesOf(ast)) {
    const problem = regexProblem(regex);
    if (problem) return { ...problem, position: tokenStart(source, position, problem.token) };
  }
  return undefined;
}
