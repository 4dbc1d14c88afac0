/** What a JSONata source consists of where names of nodes matter: texts and comments, which stay, and references, which may change. */
const TOKEN =
  /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\/\*[\s\S]*?\*\/|(\$nodes\s*\.\s*)(?:`([^`]*)`|([A-Za-z_][A-Za-z0-9_]*))/g;
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * A JSONata source in which `$nodes.<id>` names nodes by their new ids (`ids`: old → new); the rest stays to the letter. What reaches for a
 * node in another way, such as `$lookup($nodes, "map")`, is not seen.
 */
export function renameNodeReferences(source: string, ids: ReadonlyMap<string, string>): string {
  return source.replace(TOKEN, (token: string, before?: string, quoted?: string, plain?: string) => {
    const id = ids.get(quoted ?? plain ?? '');
    if (before === undefined || id === undefined) return token;
    return before + (PLAIN_NAME.test(id) ? id : `\`${id}\``);
  });
}

/** What a JSONata source reads of its execution: ids of `$nodes.<id>`, and whether it reads `$trigger`. Other ways to reach for nodes are not seen. */
export function referencesIn(source: string): { nodes: string[]; usesTrigger: boolean } {
  const nodes: string[] = [];
  const code = source.replace(TOKEN, (token: string, before?: string, quoted?: string, plain?: string) => {
    if (before === undefined) return ' ';
    nodes.push(quoted ?? plain ?? '');
    return token;
  });
  return { nodes, usesTrigger: /\$trigger\b/.test(code) };
}
