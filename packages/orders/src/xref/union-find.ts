/** Sets of keys that name one thing. The root of a set is its least key, however and in whatever order it was joined. */
export class UnionFind {
  readonly #parents = new Map<string, string>();

  join(a: string, b: string): void {
    const [rootA, rootB] = [this.rootOf(a), this.rootOf(b)];
    if (rootA === rootB) return;
    const [root, other] = rootA < rootB ? [rootA, rootB] : [rootB, rootA];
    this.#parents.set(root, root);
    this.#parents.set(other, root);
  }

  /** The key itself when it was never joined. */
  rootOf(key: string): string {
    let root = key;
    for (let next = this.#parents.get(root); next !== undefined && next !== root; next = this.#parents.get(root))
      root = next;
    for (let at = key; at !== root; ) {
      const next = this.#parents.get(at)!;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  /** The sets of two and more, each sorted, by their roots. */
  sets(): ReadonlyMap<string, readonly string[]> {
    const sets = Map.groupBy([...this.#parents.keys()].sort(), (key) => this.rootOf(key));
    return new Map([...sets].filter(([, keys]) => keys.length > 1));
  }
}
