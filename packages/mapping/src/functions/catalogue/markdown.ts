import type { FunctionEntry, FunctionExample, ParameterEntry } from './entry.ts';

interface Group {
  readonly title: string;
  readonly entries: readonly FunctionEntry[];
}

const INTRODUCTION = `# Functions of mappings

Mappings are written in [JSONata](https://docs.jsonata.org/). They have its functions, with the same answers, and Crossdock's own. Missing
values make nothing: most functions give nothing where their first argument is missing. A parameter marked with ‹context› may be left
out: then the value at hand is taken, as in \`lines.sku.$uppercase()\`.`;

/** The reference page of the functions, made from the catalogue. Its examples are run by a test. */
export function functionsMarkdown(groups: readonly Group[]): string {
  const contents = groups.map(({ title, entries }) => {
    const links = entries.map(({ name }) => `[\`$${name}\`](#${name.toLowerCase()})`);
    return `**${title}**: ${links.join(', ')}`;
  });
  const sections = groups.flatMap(({ title, entries }) => [`## ${title}`, ...entries.map(sectionOf)]);
  return `${[INTRODUCTION, ...contents, ...sections].join('\n\n')}\n`;
}

function sectionOf({ name, params, result, description, examples }: FunctionEntry): string {
  const signature = `\`$${name}(${params.map(parameterText).join(', ')})\` → ${result}`;
  const explained = params.filter((param) => param.description !== undefined || param.takesContext);
  return [
    `### $${name}`,
    `${signature}\n\n${description}`,
    ...(explained.length > 0 ? [explained.map(parameterLine).join('\n')] : []),
    `\`\`\`\n${examples.map(exampleLine).join('\n')}\n\`\`\``,
  ].join('\n\n');
}

function parameterText({ name, type, optional, repeats }: ParameterEntry): string {
  return `${repeats ? '…' : ''}${name}${optional ? '?' : ''}: ${type}`;
}

function parameterLine({ name, takesContext, description }: ParameterEntry): string {
  return `- \`${name}\`${takesContext ? ' ‹context›' : ''}${description === undefined ? '' : `: ${description}`}`;
}

function exampleLine({ expression, input, result, fails }: FunctionExample): string {
  const given = input === undefined ? '' : `   // with ${JSON.stringify(input)}`;
  const outcome = fails === undefined ? (JSON.stringify(result) ?? 'nothing') : `fails with ${fails}`;
  return `${expression}  →  ${outcome}${given}`;
}
