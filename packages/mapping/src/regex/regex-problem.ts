import { RegexTooLarge } from './parse-regex.ts';

const SHOWN = 200;

/** Thrown in JSONata's own form, so that it travels through an evaluation like any other of its errors. */
export interface RegexProblem {
  /** `REGEX_UNSUPPORTED`: nothing here can run it. `REGEX_UNBOUNDED`: on this text only an isolate may run it. */
  readonly code: 'REGEX_UNSUPPORTED' | 'REGEX_UNBOUNDED';
  readonly message: string;
  readonly token: string;
}

/** What an error while a pattern was prepared means; the error itself where it is none of the pattern's. */
export function unsupportedProblem(source: string, error: unknown): unknown {
  if (!(error instanceof RegexTooLarge)) return error;
  const message = `the regular expression ${shown(source)} is not supported: ${error.message}`;
  return { code: 'REGEX_UNSUPPORTED', message, token: source } satisfies RegexProblem;
}

export function unboundedProblem(source: string): RegexProblem {
  const message = `the regular expression ${shown(source)} is not supported here: nobody can say how long it would take on this text`;
  return { code: 'REGEX_UNBOUNDED', message, token: source };
}

const shown = (source: string): string => `/${source.length > SHOWN ? `${source.slice(0, SHOWN)}…` : source}/`;
