import type { ConfigField, NodeManifest } from '@crossdock/connector-sdk';

const KINDS: Record<NodeManifest['kind'], string> = {
  trigger: 'Trigger: starts executions.',
  action: 'Action: has an effect outside.',
  transform: 'Transform: works on the payload alone.',
  control: 'Control: decides what happens next.',
};

/** The reference page of the node types, made from their manifests: what the form shows and this page says cannot differ. */
export function nodeTypesMarkdown(manifests: readonly NodeManifest[]): string {
  const contents = manifests.map(({ type, summary }) => `| [\`${type}\`](#${anchor(type)}) | ${cell(summary)} |`);
  return ['# Node types', '', '| Type | Does |', '|---|---|', ...contents, '', ...manifests.flatMap(sectionOf)].join(
    '\n',
  );
}

function sectionOf(manifest: NodeManifest): string[] {
  const { type, title, summary, kind, connector, handles, docs, examples } = manifest;
  return [
    `## ${type}`,
    '',
    `**${title}** (${connector}). ${summary} ${KINDS[kind]}`,
    '',
    handlesLine(handles),
    '',
    '| Setting | Type | Default | Meaning |',
    '|---|---|---|---|',
    ...Object.entries(manifest.config.properties).map(([name, field]) => settingRow(manifest, name, field)),
    '',
    ...(docs ? [docs, ''] : []),
    ...examples.flatMap((example) => [
      `${example.title}:`,
      '',
      '```json',
      JSON.stringify({ type, config: example.config }, null, 2),
      '```',
      '',
    ]),
  ];
}

function settingRow(manifest: NodeManifest, name: string, field: ConfigField): string {
  const required = manifest.config.required?.includes(name) ? ' (required)' : '';
  const fallback = field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
  const when = field['x-when'] ? ` Only with \`${field['x-when'].field}\` ${field['x-when'].is.join(', ')}.` : '';
  return `| \`${name}\`${required} | ${cell(typeOf(name, field))} | ${cell(fallback)} | **${cell(field.title ?? name)}.** ${cell(field.description ?? '')}${when} |`;
}

function typeOf(name: string, field: ConfigField): string {
  if (field['x-mapping']) return 'JSONata';
  if (field['x-json-schema']) return 'JSON Schema';
  const plain = Array.isArray(field.enum)
    ? field.enum.map((value) => `\`${value}\``).join(', ')
    : field.type === undefined
      ? 'any JSON'
      : [field.type].flat().join(' or ') + (name.endsWith('Ms') ? ' (ms)' : '');
  return field['x-expression'] ? `${plain}, or an expression` : plain;
}

function handlesLine({ in: inward, out, outPerItemOf }: NodeManifest['handles']): string {
  const names = (list: readonly string[]) => list.map((name) => `\`${name}\``).join(', ');
  const perItem = outPerItemOf ? [`one for each of \`${outPerItemOf}\``] : [];
  const outward = [...perItem, ...(out.length > 0 ? [names(out)] : [])].join(', ') || 'none';
  return `Handles: ${inward.length > 0 ? `in ${names(inward)}; ` : ''}out ${outward}.`;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** As GitHub makes them from headings. */
const anchor = (type: string): string => type.toLowerCase().replace(/[^a-z0-9_-]/g, '');
