import type { Code } from '../run/code.ts';
import type { AstNode } from './ast-node.ts';
import type { Program } from './program.ts';
import type { Scope } from './scope.ts';

/** What is entered as a whole: a mapping, the body of a function, the text of `$eval`. */
export interface Unit {
  /** How deeply its nodes nest. */
  height: number;
  /** Its nodes check `maxDepth` one by one: it could be reached within. */
  readonly isCounted: boolean;
}

/** Where a node stands while it is compiled. */
export class Place {
  readonly program: Program;
  readonly scope: Scope | undefined;
  readonly unit: Unit;
  /** How deeply the node nests in its unit: the reference counts so against `maxDepth`. */
  readonly depth: number;
  /** The node's result may be a tuple stream. */
  readonly takesTuples: boolean;

  constructor(program: Program, scope: Scope | undefined, unit: Unit, depth = 0, takesTuples = false) {
    this.program = program;
    this.scope = scope;
    this.unit = unit;
    this.depth = depth;
    this.takesTuples = takesTuples;
  }

  /** Compiles a node below this one. */
  code(node: AstNode, scope: Scope | undefined = this.scope, takesTuples = false): Code {
    const depth = this.depth + 1;
    if (depth > this.unit.height) this.unit.height = depth;
    return this.program.compile(node, new Place(this.program, scope, this.unit, depth, takesTuples));
  }

  /** Compiles a node below this one to give a part of the result. */
  result(node: AstNode, scope: Scope | undefined = this.scope): Code {
    const depth = this.depth + 1;
    if (depth > this.unit.height) this.unit.height = depth;
    return this.program.compileResult(node, new Place(this.program, scope, this.unit, depth));
  }
}
