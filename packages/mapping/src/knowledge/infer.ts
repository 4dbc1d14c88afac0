import { ANY, BOOLEAN, type FieldShape, literalShape, NULL, NUMBER, type Shape, STRING } from '../shape/index.ts';
import type { LambdaNode, Node, NodeOf, Pair } from '../syntax/index.ts';
import { inferApply, inferCall } from './infer-call.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import { allFields, lookUp } from './lookup.ts';
import type { MappingShapes } from './mapping-shapes.ts';
import { constructed, dependsOnContext, fieldOf, hasFocus, keepsArray, lastStep } from './path-nodes.ts';
import { type Binding, Scope } from './scope.ts';
import {
  array,
  eitherOf,
  elementOf,
  type FunctionType,
  forEach,
  NOTHING,
  one,
  optional,
  shapeOf,
  some,
  type Typed,
  typedOf,
  UNKNOWN,
} from './typed.ts';

/** The context value at a place, and the one that it was reached from, for `%`. */
export interface Context {
  readonly typed: Typed;
  readonly parent?: Context;
  /** It is what a field held, so that `%` can lead back from it. */
  readonly isField?: boolean;
}

export interface NodeFacts {
  readonly context: Context;
  readonly scope: Scope;
  readonly typed: Typed;
}

/** What is known of each node of a mapping. */
export interface Facts {
  /** What arrives: `$$`. */
  readonly rootTyped: Typed;
  of(node: Node): NodeFacts | undefined;
  /** Variables that the mapping makes, in the order of the source. */
  readonly bindings: readonly { readonly binding: Binding; readonly scope: Scope }[];
  /** Calls behind `~>`, with the operand that becomes their first argument. */
  readonly chained: ReadonlyMap<Node, Node>;
}

/** What each part of a mapping gives, and in which context it stands. */
export function inferFacts(root: Node, shapes: MappingShapes): Facts {
  const first = new Inference(shapes, new Map());
  first.run(root);
  if (first.calls.size === 0) return first;
  // Parameters of functions that the mapping defines take the types of what they are called with.
  const second = new Inference(shapes, first.calls);
  second.run(root);
  return second;
}

/** Through these, `[]` says of a whole path that it stays an array. */
const MAY_KEEP = new Set<Node['kind']>(['path', 'filter', 'keep', 'sort', 'focus', 'position']);

export class Inference implements Facts {
  readonly bindings: { binding: Binding; scope: Scope }[] = [];
  readonly chained = new Map<Node, Node>();
  /** Arguments that the mapping's own functions are called with. */
  readonly calls = new Map<LambdaNode, readonly Typed[]>();
  /** Functions that stand among the arguments of a built-in one, which knows what it hands them. */
  readonly handed = new Set<LambdaNode>();
  readonly #facts = new Map<Node, NodeFacts>();
  readonly #scopeBehind = new Map<Node, Scope>();
  readonly #contextBehind = new Map<Node, Context>();
  readonly #knownCalls: ReadonlyMap<LambdaNode, readonly Typed[]>;
  readonly #given = new Scope();
  readonly rootTyped: Typed;

  constructor(shapes: MappingShapes, knownCalls: ReadonlyMap<LambdaNode, readonly Typed[]>) {
    this.#knownCalls = knownCalls;
    this.rootTyped = shapes.input ? typedOf(shapes.input) : UNKNOWN;
    for (const [name, shape] of Object.entries(shapes.variables ?? {}))
      this.#given.set({ name, typed: typedOf(shape), origin: 'given', uses: [] });
  }

  run(root: Node): void {
    this.infer(root, { typed: this.rootTyped }, new Scope(this.#given));
  }

  of(node: Node): NodeFacts | undefined {
    return this.#facts.get(node);
  }

  infer(node: Node, context: Context, scope: Scope): Typed {
    const given = this.#typedOf(node, context, scope);
    const typed = given.keeps && !MAY_KEEP.has(node.kind) ? { ...given, keeps: false } : given;
    this.note(node, context, scope, typed);
    return typed;
  }

  note(node: Node, context: Context, scope: Scope, typed: Typed): void {
    this.#facts.set(node, { context, scope, typed });
  }

  inferAll(nodes: readonly Node[], context: Context, scope: Scope): Typed[] {
    return nodes.map((node) => this.infer(node, context, scope));
  }

  /** Remembers what one of the mapping's own functions was called with. */
  noteCall({ lambda }: FunctionType, args: readonly Typed[]): void {
    if (!lambda || this.handed.has(lambda)) return;
    const before = this.calls.get(lambda);
    const merged = lambda.params.map((_param, at) => {
      const [known, given] = [before?.[at], args[at]];
      return known && given ? eitherOf(known, given) : (known ?? given ?? UNKNOWN);
    });
    this.calls.set(lambda, merged);
  }

  #typedOf(node: Node, context: Context, scope: Scope): Typed {
    switch (node.kind) {
      case 'name':
        return lookUp(context.typed, node.name) ?? UNKNOWN;
      case 'variable':
        return this.#variable(node, context, scope);
      case 'string':
        return one(literalShape(node.text));
      case 'number':
        return one(literalShape(Number(node.text)));
      case 'value':
        return one(node.text === 'null' ? NULL : literalShape(node.text === 'true'));
      case 'wildcard':
        return allFields(context.typed);
      case 'parent':
        return context.parent ? context.parent.typed : UNKNOWN;
      case 'path':
        return this.#path(node, context, scope);
      case 'filter':
        return this.#filter(node, context, scope);
      case 'keep': {
        const typed = this.infer(node.target, context, scope);
        this.#standsFor(node, node.target);
        const kept = { ...typed, keeps: true };
        return keepsArray(node.target, typed) ? { ...kept, many: 'array', collapses: false } : kept;
      }
      case 'sort': {
        const typed = this.infer(node.target, context, scope);
        this.#standsFor(node, node.target);
        this.inferAll(node.terms, this.#behind(node.target, typed), this.#scopeOf(node.target, scope));
        if (typed.keeps) return { ...typed, many: 'array' };
        return typed.many === 'array' ? some(typed.item) : typed;
      }
      case 'focus':
      case 'position':
        return this.#joined(node, context, scope);
      case 'group': {
        const typed = this.infer(node.target, context, scope);
        const inner = this.#scopeOf(node.target, scope);
        const element = this.#behind(node.target, typed);
        const group = { ...element, typed: typed.many === 'one' ? typed : some(typed.item) };
        return one(this.#object(node.pairs, element, group, inner), typed.isOptional);
      }
      case 'object':
        return one(this.#object(node.pairs, context, context, scope));
      case 'array':
        return this.#array(node, context, scope);
      case 'block':
        return this.#block(node, context, scope);
      case 'call':
        return inferCall(this, node, context, scope);
      case 'lambda':
        return this.lambda(node, context, scope, this.#knownCalls.get(node));
      case 'condition': {
        this.infer(node.test, context, scope);
        const then = this.infer(node.then, context, scope);
        return eitherOf(then, node.otherwise ? this.infer(node.otherwise, context, scope) : NOTHING);
      }
      case 'bind':
        return this.#bind(node, context, scope);
      case 'transform':
        return this.transform(node, UNKNOWN, context, scope);
      case 'negate':
        return one(NUMBER, this.infer(node.operand, context, scope).isOptional);
      case 'binary':
        return this.#binary(node, context, scope);
      case 'regex':
        return { ...UNKNOWN, fn: { params: [{ name: 'string', type: 'string' }], result: () => UNKNOWN } };
      default:
        return UNKNOWN;
    }
  }

  #variable(node: NodeOf<'variable'>, context: Context, scope: Scope): Typed {
    if (node.name === '') return context.typed;
    if (node.name === '$') return this.rootTyped;
    const binding = scope.get(node.name);
    binding?.uses.push(node);
    if (binding) return binding.typed;
    const known = KNOWN_FUNCTIONS.get(node.name);
    return known ? { ...one({}), fn: { name: known.name, params: known.params, result: () => UNKNOWN } } : UNKNOWN;
  }

  #path(node: NodeOf<'path'>, context: Context, scope: Scope): Typed {
    const outer = this.infer(node.target, context, scope);
    const step = node.step.kind === 'string' ? asName(node.step) : node.step;
    const given = this.infer(step, this.#behind(node.target, outer), this.#scopeOf(node.target, scope));
    if (step !== node.step) this.#facts.set(node.step, this.#facts.get(step) as NodeFacts);
    this.#standsFor(node, node.step);
    if (!this.#scopeBehind.has(node)) this.#scopeBehind.set(node, this.#scopeOf(node.target, scope));
    const inner = lastStep(node.step).kind === 'array' ? constructed(outer, given) : given;
    const isJoined = hasFocus(node.target);
    return isJoined && !outer.keeps && !inner.keeps ? some(inner.item) : forEach(outer, inner);
  }

  #filter(node: NodeOf<'filter'>, context: Context, scope: Scope): Typed {
    const typed = this.infer(node.target, context, scope);
    this.#standsFor(node, node.target);
    const test = this.infer(node.test, this.#behind(node.target, typed), this.#scopeOf(node.target, scope));
    if (typed.keeps) return { ...typed, many: 'array' };
    const isNumber = test.many === 'one' && test.item.number !== undefined && !test.item.any && !test.item.boolean;
    // What differs from value to value may pick several.
    const isIndex = isNumber && !dependsOnContext(node.test);
    if (isNumber && !isIndex && typed.many !== 'one') return some(typed.item);
    // Where the context is an array, it depends on the place whether the index picks from all or from each.
    if (isIndex && context.typed.many !== 'one' && fieldOf(node.target)?.kind === 'name') return some(typed.item);
    if (isIndex) return optional({ ...elementOf(typed), ...(typed.fn ? { fn: typed.fn } : {}) });
    // Whoever chooses by a condition chooses among several, also where nothing is known of them.
    const choosesUnknown = typed.item.any && test.item.boolean && !test.item.any;
    return typed.many === 'one' && !choosesUnknown ? optional(typed) : some(typed.item);
  }

  /** `@$name` leaves the context where it was; `#$name` counts. */
  #joined(node: NodeOf<'focus' | 'position'>, context: Context, scope: Scope): Typed {
    const typed = this.infer(node.target, context, scope);
    const inner = new Scope(this.#scopeOf(node.target, scope));
    if (node.variable.kind === 'variable') {
      const isFocus = node.kind === 'focus';
      this.#declare(node.variable, isFocus ? elementOf(typed) : one(NUMBER), isFocus ? 'focus' : 'position', inner);
      this.#facts.set(node.variable, { context, scope: inner, typed: isFocus ? elementOf(typed) : one(NUMBER) });
    }
    if (node.kind === 'focus') this.#contextBehind.set(node, this.#facts.get(node.target)?.context ?? context);
    else this.#standsFor(node, node.target);
    this.#scopeBehind.set(node, inner);
    if (typed.keeps) return typed;
    const joined = typed.many === 'array' ? some(typed.item) : typed;
    // At the end of a path, the context that `@` did not leave is given.
    return node.kind === 'focus' ? { ...joined, item: ANY } : joined;
  }

  #object(pairs: readonly Pair[], keyContext: Context, context: Context, scope: Scope): Shape {
    const fields = new Map<string, FieldShape>();
    let isOpen = false;
    for (const { key, value } of pairs) {
      this.infer(key, keyContext, scope);
      const typed = this.infer(value, context, scope);
      if (key.kind === 'string') fields.set(key.text, { shape: shapeOf(typed), seen: typed.isOptional ? 0 : 1 });
      else isOpen = true;
    }
    return { object: { seen: 1, fields, isOpen } };
  }

  #array({ items }: NodeOf<'array'>, context: Context, scope: Scope): Typed {
    const typed = this.inferAll(items, context, scope).map((each) => (each.fn ? UNKNOWN : each));
    const merged = typed
      .map((each, at) => (items[at]?.kind === 'array' ? one(shapeOf(each)) : each))
      .reduce(eitherOf, NOTHING);
    return array(merged.item);
  }

  #block({ items }: NodeOf<'block'>, context: Context, scope: Scope): Typed {
    const inner = new Scope(scope);
    return this.inferAll(items, context, inner).at(-1) ?? NOTHING;
  }

  #bind(node: NodeOf<'bind'>, context: Context, scope: Scope): Typed {
    const { variable, value } = node;
    const isFunction = value.kind === 'lambda';
    // A function may call itself.
    const early =
      isFunction && variable.kind === 'variable'
        ? this.#declare(variable, functionItself(value), 'assigned', scope)
        : undefined;
    const typed = this.infer(value, context, scope);
    if (variable.kind !== 'variable') this.infer(variable, context, scope);
    else {
      this.#declare(variable, typed, 'assigned', scope, early);
      this.#facts.set(variable, { context, scope, typed });
    }
    return typed;
  }

  #declare(node: NodeOf<'variable'>, typed: Typed, origin: Binding['origin'], scope: Scope, early?: Binding): Binding {
    const binding: Binding = { name: node.name, typed, node, origin, uses: early?.uses ?? [] };
    scope.set(binding);
    if (!early) this.bindings.push({ binding, scope });
    return binding;
  }

  lambda(node: LambdaNode, context: Context, scope: Scope, args: readonly Typed[] = []): Typed {
    const inner = new Scope(scope);
    for (const [at, param] of node.params.entries()) {
      const typed = args[at] ?? UNKNOWN;
      if (param.kind !== 'variable') continue;
      this.#declare(param, typed, 'parameter', inner);
      this.#facts.set(param, { context, scope: inner, typed });
    }
    const body = this.infer(node.body, context, inner);
    const fn = { ...functionOf(node), result: () => body };
    return { ...one({}), fn };
  }

  /** A transform as it is applied to a value. */
  transform(node: NodeOf<'transform'>, applied: Typed, context: Context, scope: Scope): Typed {
    const pattern = this.infer(node.pattern, { typed: applied, parent: context }, scope);
    const matched = { typed: elementOf(pattern), parent: context };
    this.infer(node.update, matched, scope);
    if (node.remove) this.infer(node.remove, matched, scope);
    return { ...one({}), fn: { params: [{ name: 'value' }], result: ([value = UNKNOWN]) => value } };
  }

  #binary(node: NodeOf<'binary'>, context: Context, scope: Scope): Typed {
    if (node.operator === '~>') return inferApply(this, node, context, scope);
    const left = this.infer(node.left, context, scope);
    const right = this.infer(node.right, context, scope);
    switch (node.operator) {
      case '?:':
      case '??':
        return eitherOf({ ...left, isOptional: false }, right);
      case '&':
        return one(STRING);
      case '..':
        return array(NUMBER);
      case '+':
      case '-':
      case '*':
      case '/':
      case '%':
        return one(NUMBER, left.isOptional || right.isOptional);
      default:
        return one(BOOLEAN);
    }
  }

  /** The context of what stands behind a node: one of its values, reached from where the node's last step stood. */
  #behind(node: Node, typed: Typed): Context {
    const moved = this.#contextBehind.get(node);
    if (moved) return moved;
    const from = this.#facts.get(lastStep(node))?.context;
    // `%` is itself a context that was reached from somewhere.
    if (lastStep(node).kind === 'parent' && from?.parent) return from.parent;
    const isField = fieldOf(node)?.kind === 'name';
    return { typed: elementOf(typed), ...(from ? { parent: from } : {}), ...(isField ? { isField } : {}) };
  }

  #scopeOf(node: Node, scope: Scope): Scope {
    return this.#scopeBehind.get(node) ?? scope;
  }

  /** What stands behind `node` sees what stands behind `inner`. */
  #standsFor(node: Node, inner: Node): void {
    const scope = this.#scopeBehind.get(inner);
    if (scope) this.#scopeBehind.set(node, scope);
    const context = this.#contextBehind.get(inner);
    if (context) this.#contextBehind.set(node, context);
  }
}

const asName = ({ text, from, to }: NodeOf<'string'>): Node => ({ kind: 'name', name: text, isQuoted: true, from, to });

const functionOf = (lambda: LambdaNode): FunctionType => ({
  params: lambda.params.map((param) => ({ name: param.kind === 'variable' ? param.name : '' })),
  result: () => UNKNOWN,
  lambda,
});
const functionItself = (lambda: LambdaNode): Typed => ({ ...one({}), fn: functionOf(lambda) });
