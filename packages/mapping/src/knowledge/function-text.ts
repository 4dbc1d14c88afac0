import type { FunctionEntry, ParameterEntry } from './known-functions.ts';

/** `$substring(string, start, length?)` */
export function signatureText({ name, params }: Pick<FunctionEntry, 'name' | 'params'>): string {
  return `$${name}(${params.map(parameterText).join(', ')})`;
}

export const parameterText = ({ name, optional, repeats }: ParameterEntry): string =>
  `${repeats ? '…' : ''}${name}${optional ? '?' : ''}`;

/** `(string: string, start: number, length?: number): string` */
export function functionType({ params, result }: Pick<FunctionEntry, 'params' | 'result'>): string {
  return `(${params.map((param) => `${parameterText(param)}: ${param.type}`).join(', ')}): ${result}`;
}

/** Description and examples of a function, as Markdown. */
export function functionDocs({ description, examples }: FunctionEntry): string {
  const shown = examples.map(({ expression, input, result, fails }) => {
    const given = input === undefined ? '' : ` with \`${JSON.stringify(input)}\``;
    const outcome = fails === undefined ? `gives \`${JSON.stringify(result) ?? 'nothing'}\`` : `fails with ${fails}`;
    return `\`${expression}\`${given} ${outcome}`;
  });
  return [description, ...shown].join('\n\n');
}

/** A call with places to fill in, in the snippet syntax of the language server protocol. `skipped` arguments are given already. */
export function callSnippet({ name, params }: FunctionEntry, skipped: number): string {
  const asked = params.slice(skipped).filter(({ optional }) => !optional);
  if (asked.length === 0) return params.length > skipped ? `\\$${name}($0)` : `\\$${name}()$0`;
  let place = 0;
  const args = asked.map((param) => {
    place++;
    if (param.name === 'pattern') return `/\${${place}:pattern}/`;
    if (param.type !== 'function') return `\${${place}:${param.name}}`;
    return `function(\\$\${${place}:item}) { $0 }`;
  });
  return `\\$${name}(${args.join(', ')})${args.some((arg) => arg.includes('$0')) ? '' : '$0'}`;
}
