import type { Code } from '../run/code.ts';
import type { NativeValue } from '../run/function-value.ts';
import { type AstNode, someNode } from './ast-node.ts';
import { builtIn } from './built-ins.ts';
import { CHAIN } from './chain.ts';
import { compileNode } from './compile-node.ts';
import { NotCompiled } from './not-compiled.ts';
import { Place, type Unit } from './place.ts';
import { resultCode } from './results.ts';
import { resolve, type Scope } from './scope.ts';
import { callsShared, raceForNames, sharedCalls } from './side-by-side.ts';

/** What all parts of one mapping share while it is compiled. */
export class Program {
  /** It uses `$eval`, so that names have to be found at run time. */
  readonly isDynamic: boolean;
  /** The names that are no variables of its own, in order of their values' places in `Evaluation.globals`. */
  readonly globalNames = new Map<string, number>();
  /** Names called that are none of the mapping's own and no built-in ones. */
  readonly outsideCalls = new Set<string>();
  /** What those are where the bindings do not say otherwise. */
  readonly defaults: unknown[] = [];
  readonly #functions: ReadonlyMap<string, NativeValue>;
  #chain: Code | undefined;

  readonly #namesAsValues: ReadonlySet<string>;

  constructor(ast: AstNode, functions: ReadonlyMap<string, NativeValue>) {
    this.isDynamic = someNode(ast, ({ type, value }) => type === 'variable' && value === 'eval');
    this.#namesAsValues = namesAsValues(ast);
    this.#functions = functions;
  }

  compile(node: AstNode, place: Place): Code {
    return compileNode(node, place);
  }

  /** Code that gives a node's value as plain JSON that shares nothing. */
  compileResult(node: AstNode, place: Place): Code {
    return resultCode(node, place);
  }

  /** Compiles what is entered as a whole, in frames that `scope` tells of. */
  unit(node: AstNode, scope: Scope | undefined, isCounted: boolean): { code: Code; unit: Unit } {
    const unit: Unit = { height: 0, isCounted };
    return { code: new Place(this, scope, unit).code(node), unit };
  }

  /** The same for a mapping as a whole. */
  resultUnit(node: AstNode, scope: Scope | undefined, isCounted: boolean): { code: Code; unit: Unit } {
    const unit: Unit = { height: 0, isCounted };
    return { code: new Place(this, scope, unit).result(node), unit };
  }

  /** Gives the reference the whole mapping. */
  leave(construct: string, reason: string): never {
    throw new NotCompiled(construct, reason);
  }

  /** What a name means that the bindings do not have. */
  defaultOf(name: string): unknown {
    return this.#functions.get(name) ?? builtIn(name);
  }

  /** The value of a variable that is none of the mapping's own. */
  globalCode(name: string): Code {
    if (name === '$') return (_input, _frame, run) => run.root;
    if (this.isDynamic) return (_input, _frame, run) => run.globalNamed(name);
    const index = this.#indexOf(name);
    return (_input, _frame, run) => run.globals[index];
  }

  #indexOf(name: string): number {
    const known = this.globalNames.get(name);
    if (known !== undefined) return known;
    this.globalNames.set(name, this.defaults.length);
    return this.defaults.push(this.defaultOf(name)) - 1;
  }

  /** Where a function's name has its value, and which, if it is known before evaluation. */
  builtInAt(name: string, scope: Scope | undefined): { index: number; value: NativeValue } | undefined {
    if (resolve(scope, name).candidates.length > 0) return undefined;
    const value = this.#functions.has(name) ? undefined : builtIn(name);
    if (value === undefined) this.outsideCalls.add(name);
    if (this.isDynamic) return undefined;
    return value && { index: this.#indexOf(name), value };
  }

  /** Whether a function is handed on by that name: its errors then say where it was called before. */
  isHandedOn(name: string): boolean {
    return this.#namesAsValues.has(name);
  }

  /** For parts that the reference evaluates at once: which of them call what others call as well. */
  sharedCalls(parts: readonly AstNode[]): boolean[] {
    if (raceForNames(parts)) {
      this.leave('an assignment within an array or object', 'the other parts read the variable before or after that');
    }
    return sharedCalls(parts, (name) => builtIn(name) !== undefined);
  }

  callsShared(part: AstNode): boolean {
    return callsShared(part, (name) => builtIn(name) !== undefined);
  }

  /** Makes one function of two, as `f ~> g` does. */
  get chain(): Code {
    this.#chain ??= this.unit(CHAIN, undefined, false).code;
    return this.#chain;
  }
}

/** The variables that are more than called. */
function namesAsValues(ast: AstNode): Set<string> {
  const uses = new Map<string, number>();
  const count = ({ type, value }: AstNode, by: number): void => {
    if (type === 'variable') uses.set(value as string, (uses.get(value as string) ?? 0) + by);
  };
  someNode(ast, (node) => {
    count(node, 1);
    if (node.procedure) count(node.procedure, -1);
    return false;
  });
  return new Set([...uses].flatMap(([name, times]) => (times > 0 ? [name] : [])));
}
