import { RE2JS } from 're2js';

const MAX_CACHED = 500;
const cache = new Map<string, RE2JS>();

/** Thrown in JSONata's own form, so that it travels through an evaluation like any other of its errors. */
export interface RegexProblem {
  code: 'REGEX_UNSUPPORTED';
  message: string;
  token: string;
}

/**
 * Matches in linear time, as JSONata's `RegexEngine`: native regular expressions block a worker for minutes on a hostile input.
 * JSONata makes one for each evaluation of a literal, so compiled patterns are cached.
 */
export class LinearRegex {
  lastIndex = 0;
  readonly #compiled: RE2JS;

  constructor(native: RegExp) {
    this.#compiled = compiledRegex(native);
  }

  exec(text: string): RegExpExecArray | null {
    const matcher = this.#compiled.matcher(text);
    if (!matcher.find(Math.min(this.lastIndex, text.length))) {
      this.lastIndex = 0;
      return null;
    }
    const groups = Array.from({ length: matcher.groupCount() }, (_, at) => matcher.group(at + 1) ?? undefined);
    this.lastIndex = matcher.end();
    return Object.assign([matcher.group(0), ...groups], {
      index: matcher.start(),
      input: text,
    }) as unknown as RegExpExecArray;
  }

  test(text: string): boolean {
    return this.exec(text) !== null;
  }
}

/** What keeps a pattern from running in linear time, if anything. */
export function regexProblem(native: RegExp): RegexProblem | undefined {
  try {
    compiledRegex(native);
    return undefined;
  } catch (problem) {
    return problem as RegexProblem;
  }
}

function compiledRegex(native: RegExp): RE2JS {
  const key = `${native.flags}/${native.source}`;
  const known = cache.get(key);
  if (known) return known;
  const flags =
    (native.flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) | (native.flags.includes('m') ? RE2JS.MULTILINE : 0);
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(native.source), flags);
    const [oldest] = cache.keys();
    if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest);
    cache.set(key, compiled);
    return compiled;
  } catch {
    throw {
      code: 'REGEX_UNSUPPORTED',
      message: `the regular expression /${native.source}/ is not supported: it must run in linear time, without look-ahead, look-behind, back-references and repeats over 1000`,
      token: native.source,
    } satisfies RegexProblem;
  }
}
