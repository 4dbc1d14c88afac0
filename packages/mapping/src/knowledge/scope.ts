import type { Node } from '../syntax/index.ts';
import type { Typed } from './typed.ts';

/** A variable, and where it came from. */
export interface Binding {
  readonly name: string;
  readonly typed: Typed;
  /** Where its name stands; variables that come from outside have no place. */
  readonly node?: Node;
  readonly origin: 'assigned' | 'parameter' | 'focus' | 'position' | 'given';
  readonly uses: Node[];
}

/** Variables that are known at a place: those of a block, a function or a path, and of all around it. */
export class Scope {
  readonly #bindings = new Map<string, Binding>();
  readonly parent: Scope | undefined;

  constructor(parent?: Scope) {
    this.parent = parent;
  }

  set(binding: Binding): void {
    this.#bindings.set(binding.name, binding);
  }

  get(name: string): Binding | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.#bindings.get(name);
      if (found) return found;
    }
    return undefined;
  }

  /** The scope that holds a name. */
  ownerOf(name: string): Scope | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) if (scope.#bindings.has(name)) return scope;
    return undefined;
  }

  /** All that are visible, inner ones first. */
  *visible(): Generator<Binding> {
    const seen = new Set<string>();
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      for (const binding of scope.#bindings.values()) {
        if (seen.has(binding.name)) continue;
        seen.add(binding.name);
        yield binding;
      }
    }
  }
}
