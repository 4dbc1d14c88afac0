import jsonata from 'jsonata';
import type { Code } from '../run/code.ts';
import { emptyFrame, type Frame } from '../run/frame.ts';
import type { NativeValue } from '../run/function-value.ts';
import { type AstNode, namesBoundBy } from './ast-node.ts';
import { Program } from './program.ts';
import { Scope } from './scope.ts';

const MAX_TEXTS = 100;

/** A mapping made of closures. */
export interface CompiledProgram {
  readonly globalNames: ReadonlyMap<string, number>;
  readonly defaults: readonly unknown[];
  /** It uses `$eval`. */
  readonly isDynamic: boolean;
  /** Names called that are none of the mapping's own and no built-in ones. */
  readonly outsideCalls: ReadonlySet<string>;
  /** What a global name means that the bindings do not have. */
  readonly defaultOf: (name: string) => unknown;
  /** Its code, which gives plain JSON that shares nothing; where `maxDepth` can be reached within it, the code that checks it. */
  readonly codeFor: (maxDepth: number) => Code;
  readonly newFrame: () => Frame;
  /** The code of a text that `$eval` is given. Throws what the parser throws, and `NotCompiled`. */
  readonly codeOfText: (text: string) => Code;
}

/** Compiles a tree of JSONata's parser. Throws `NotCompiled`. `functions` stand before the built-ins of the same names. */
export function compileProgram(ast: AstNode, functions: ReadonlyMap<string, NativeValue>): CompiledProgram {
  const program = new Program(ast, functions);
  const names = [...namesBoundBy(ast)];
  const scope = new Scope(undefined, names);
  const { code, unit } = program.resultUnit(ast, scope, false);
  let counted: Code | undefined;
  const texts = new Map<string, Code>();
  return {
    globalNames: program.globalNames,
    defaults: program.defaults,
    isDynamic: program.isDynamic,
    outsideCalls: program.outsideCalls,
    defaultOf: (name) => program.defaultOf(name),
    codeFor: (maxDepth) => {
      if (unit.height <= maxDepth) return code;
      counted ??= program.resultUnit(ast, scope, true).code;
      return counted;
    },
    newFrame: () => (program.isDynamic ? [undefined, new Map()] : emptyFrame(undefined, names.length)),
    codeOfText: (text) => {
      const known = texts.get(text);
      if (known) return known;
      // Its own depth is not known where it stands, so it is checked throughout.
      const made = program.unit(jsonata(text).ast() as unknown as AstNode, undefined, true).code;
      const [oldest] = texts.keys();
      if (texts.size >= MAX_TEXTS && oldest !== undefined) texts.delete(oldest);
      texts.set(text, made);
      return made;
    },
  };
}
