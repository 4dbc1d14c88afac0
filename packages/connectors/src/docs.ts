import type { NodeManifest } from '@crossdock/connector-sdk';
import { nodePage, type PageSetting } from './node-page.ts';

/** The reference page of the node types, made from their manifests: what the designer shows and this page says cannot differ. */
export function nodeTypesMarkdown(manifests: readonly NodeManifest[]): string {
  const contents = manifests.map(({ type, summary }) => `| [\`${type}\`](#${anchor(type)}) | ${cell(summary)} |`);
  return ['# Node types', '', '| Type | Does |', '|---|---|', ...contents, '', ...manifests.flatMap(sectionOf)].join(
    '\n',
  );
}

function sectionOf(manifest: NodeManifest): string[] {
  const page = nodePage(manifest);
  return [
    `## ${page.type}`,
    '',
    `**${page.title}** (${page.connector}). ${page.summary}`,
    '',
    ...page.facts.map((fact) => `- ${fact}`),
    '',
    '| Setting | Type | Default | Meaning |',
    '|---|---|---|---|',
    ...page.settings.map(settingRow),
    '',
    ...(page.docs ? [page.docs, ''] : []),
    ...(page.simulated === undefined ? [] : [`With simulated effects the output is \`${page.simulated}\`.`, '']),
    ...page.examples.flatMap((example) => [
      `${example.title}:`,
      '',
      '```json',
      JSON.stringify({ type: page.type, config: example.config }, null, 2),
      '```',
      '',
    ]),
    ...(page.errors.length > 0 ? ['Errors it may end with, and what to do ([all errors](errors.md)):', ''] : []),
    ...page.errors.map(({ code, fix }) => `- \`${code}\`: ${fix}`),
    ...(page.errors.length > 0 ? [''] : []),
  ];
}

function settingRow({
  name,
  title,
  isRequired,
  kind,
  fallback,
  description,
  condition,
  examples,
}: PageSetting): string {
  const shown = examples.length > 0 ? ` Such as ${examples.map((example) => `\`${example}\``).join(', ')}.` : '';
  const meaning = `**${cell(title)}.** ${cell(description)}${condition ? ` ${condition}` : ''}${cell(shown)}`;
  return `| \`${name}\`${isRequired ? ' (required)' : ''} | ${cell(kind)} | ${fallback === undefined ? '' : cell(`\`${fallback}\``)} | ${meaning} |`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** As GitHub makes them from headings. */
const anchor = (type: string): string => type.toLowerCase().replace(/[^a-z0-9_-]/g, '');
