import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Flow } from './document.ts';

/**
 * SHA-256 (hex) of what the flow means: two documents with one hash run alike. Names and descriptions of flow and nodes, layout,
 * samples and tests count for nothing, neither does the order of keys. Synchronous, and the same in the browser.
 */
export function flowHash(flow: Flow): string {
  const {
    name: _name,
    description: _description,
    layout: _layout,
    samples: _samples,
    tests: _tests,
    ...meaning
  } = flow;
  const nodes = flow.nodes.map(({ name: _nodeName, description: _nodeDescription, ...node }) => node);
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ ...meaning, nodes }))));
}

/** JSON with keys in order of their UTF-16 units and no spaces, as RFC 8785 orders them. */
function canonicalJson(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonicalJson(child)}`).join(',')}}`;
}
