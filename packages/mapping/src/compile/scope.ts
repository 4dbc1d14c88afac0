/**
 * What the compiler knows of a frame: which name stands in which slot. Where a mapping uses `$eval`, names are only known at run time, and
 * its frames hold maps.
 */
export class Scope {
  readonly parent: Scope | undefined;
  /** In order of their slots, the first of which is 1. */
  readonly names: readonly string[];
  /** So many of them, from the first, are assigned before anything can read them. */
  readonly certain: number;

  constructor(parent: Scope | undefined, names: readonly string[], certain = 0) {
    this.parent = parent;
    this.names = names;
    this.certain = certain;
  }

  /** The slot of a name in this very scope; 0 where it has none. */
  slotOf(name: string): number {
    return this.names.lastIndexOf(name) + 1;
  }
}

/** A slot where a variable's value may be found, and how many frames further out it is. */
export interface Candidate {
  readonly hops: number;
  readonly slot: number;
}

export interface Resolution {
  /** In the order to look. */
  readonly candidates: readonly Candidate[];
  /** The last of them always has a value: bindings and built-ins are not asked. */
  readonly isCertain: boolean;
}

/** Where a variable of that name can have its value. */
export function resolve(scope: Scope | undefined, name: string): Resolution {
  const candidates: Candidate[] = [];
  let hops = 0;
  for (let at = scope; at !== undefined; at = at.parent, hops++) {
    const slot = at.slotOf(name);
    if (slot === 0) continue;
    candidates.push({ hops, slot });
    if (slot <= at.certain) return { candidates, isCertain: true };
  }
  return { candidates, isCertain: false };
}
