import type { FlowNode } from './document.ts';
import { durationText } from './duration-text.ts';
import type { ConfigField, NodeManifest } from './manifest.ts';
import { cronInWords } from './schedule/cron-in-words.ts';

const MAX_LENGTH = 60;
const SLOT = /\{([\w.]+)\}/g;

type Configured = Pick<FlowNode, 'config'>;

/** The line under a node's name on the canvas: the manifest's `line` with its slots filled from the config, choices by their labels, cut at 60 characters a slot. */
export function nodeLine(node: Configured, manifest: NodeManifest): string {
  const alternatives = manifest.line.split(' | ');
  const line = alternatives.find((one) => isMeant(one, node, manifest)) ?? alternatives.at(-1) ?? '';
  const filled = line.replace(SLOT, (_slot, path: string, at: number) => {
    const value = valueAt(node, manifest, path);
    const label = labelOf(value, manifest.config.properties[path]);
    if (label !== undefined) return at === 0 ? label : asPartOfLine(label);
    return textOf(value, path, manifest);
  });
  return filled.replace(/\s+/g, ' ').trim();
}

function isMeant(line: string, node: Configured, manifest: NodeManifest): boolean {
  return [...line.matchAll(SLOT)].every(([, path = '']) => {
    const when = manifest.config.properties[path]?.['x-when'];
    const isWanted = when === undefined || when.is.includes(valueAt(node, manifest, when.field));
    return isWanted && (valueAt(node, manifest, path) ?? undefined) !== undefined;
  });
}

function valueAt(node: Configured, manifest: NodeManifest, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  const start = node.config?.[first] ?? manifest.config.properties[first]?.default;
  return rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined | null)?.[name], start);
}

/** What a choice is called where it is made. */
function labelOf(value: unknown, field: ConfigField | undefined): string | undefined {
  const labels = field?.['x-labels'];
  return typeof value === 'string' && labels && Object.hasOwn(labels, value) ? labels[value] : undefined;
}

/** "A list" as "a list"; abbreviations stay. */
const asPartOfLine = (label: string): string =>
  /^\p{Lu}[\p{Ll} ]/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

function textOf(value: unknown, path: string, manifest: NodeManifest): string {
  if (value === undefined || value === null) return '…';
  if (Array.isArray(value)) return String(value.length);
  const field: ConfigField = manifest.config.properties[path] ?? {};
  if (typeof value === 'number' && path.endsWith('Ms')) return durationText(value);
  if (typeof value === 'string' && field['x-format'] === 'cron') return cronInWords(value) ?? value;
  const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/\s+/g, ' ').trim();
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
