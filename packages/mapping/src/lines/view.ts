import { fieldText } from '../knowledge/field-text.ts';
import { beginsWith, type SourcePath } from './part.ts';

/** What an expression reads of the source. */
export interface Trace {
  /** The source value that it gives, where it gives one. */
  readonly whole?: SourcePath;
  /** It gives all of it, in its order. */
  readonly isPlain: boolean;
  readonly reads: readonly SourcePath[];
}

export const NOTHING_READ: Trace = { isPlain: false, reads: [] };

/** The names that an expression can use at one place, with what they stand for. */
export interface NamesInView {
  /** What a bare name is looked up in; undefined where the source does not have it. */
  readonly context: SourcePath | undefined;
  readonly variables: Variables;
}

/** The variables of a mapping, the inner ones before those around them. */
export class Variables {
  readonly #own = new Map<string, Trace>();
  readonly #outer: Variables | undefined;

  constructor(outer?: Variables) {
    this.#outer = outer;
  }

  get(name: string): Trace | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name);
  }

  set(name: string, trace: Trace): void {
    this.#own.set(name, trace);
  }

  /** The names, the innermost first. */
  names(): string[] {
    return [...new Set([...this.#own.keys(), ...(this.#outer?.names() ?? [])])];
  }
}

/** The shortest text that names a source value from within `view`. */
export function textOfPath(path: SourcePath, { context, variables }: NamesInView): string {
  const [first = ''] = path;
  if (first.startsWith('$')) return joined(first, path.slice(1));
  const starts = [
    ...(context ? [{ text: '', at: context }] : []),
    ...variables.names().flatMap((name) => {
      const trace = variables.get(name);
      return trace?.whole && trace.isPlain ? [{ text: `$${name}`, at: trace.whole }] : [];
    }),
    { text: '$$', at: [] },
  ].filter(({ at }) => beginsWith(path, at));
  const longest = Math.max(...starts.map(({ at }) => at.length));
  const start = starts.find(({ at }) => at.length === longest);
  return joined(start?.text ?? '$$', path.slice(longest));
}

/** An empty start is the context itself. */
function joined(start: string, names: SourcePath): string {
  if (start === '' && names.length === 0) return '$';
  return [...(start === '' ? [] : [start]), ...names.map(fieldText)].join('.');
}
