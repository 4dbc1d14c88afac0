import type { FlowNode } from './document.ts';
import type { NodeManifest } from './manifest.ts';

const MAX_LENGTH = 60;

/** The line under a node's name on the canvas: the manifest's `line` with its slots filled from the config, cut at 60 characters a slot. */
export function nodeLine(node: Pick<FlowNode, 'config'>, manifest: NodeManifest): string {
  const filled = manifest.line.replace(/\{([\w.]+)\}/g, (_slot, path: string) => textOf(valueAt(node, manifest, path)));
  return filled.replace(/\s+/g, ' ').trim();
}

function valueAt(node: Pick<FlowNode, 'config'>, manifest: NodeManifest, path: string): unknown {
  const [first = '', ...rest] = path.split('.');
  const start = node.config?.[first] ?? manifest.config.properties[first]?.default;
  return rest.reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined | null)?.[name], start);
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '…';
  if (Array.isArray(value)) return String(value.length);
  const text = (typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/\s+/g, ' ').trim();
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH - 1)}…` : text;
}
