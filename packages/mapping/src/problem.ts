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
  /** JSONata's own position: the offset behind the token. It gives none to some problems. */
  behind?: number;
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
  const { code = 'S0500', message = String(error), position: behind, token } = error as Partial<MappingProblem>;
  const position = tokenStart(source, behind ?? 0, token);
  return {
    code,
    message,
    position,
    ...(behind === undefined ? {} : { behind }),
    ...(token === undefined ? {} : { token: String(token) }),
  };
}

function unsupportedRegex(source: string, ast: AstNode): MappingProblem | undefined {
  for (const { regex, position } of regexesOf(ast)) {
    const problem = regexProblem(regex);
    if (problem) return { ...problem, position: tokenStart(source, position, problem.token), behind: position };
  }
  return undefined;
}
