import { checkMaskPath } from '@crossdock/payload';
import type { FlowEdge, FlowNode } from './document.ts';
import { structureIssues } from './flow-structure.ts';
import { graphIssues, type PlacedEdge } from './graph-issues.ts';
import type { Issue } from './issue.ts';
import { makeIssue } from './make-issue.ts';
import type { NodeManifest } from './manifest.ts';
import { mappingIssues, nodeIssues, type PlacedNode } from './node-issues.ts';
import { fieldName, pointerOf } from './pointer.ts';
import { sampleIssues } from './sample-issues.ts';
import { testIssues } from './test-issues.ts';

/** What validation needs to know of its surroundings. */
export interface ValidationContext {
  /** By node type. */
  readonly manifests: ReadonlyMap<string, NodeManifest>;
  /** What keeps a JSONata source from parsing; `checkMapping` of `@crossdock/mapping`. */
  checkMapping(source: string): { readonly message: string; readonly position: number } | undefined;
  /** Where a JSONata source that parses fails whatever arrives; `mappingFaults` of `@crossdock/mapping`. Without it that is not looked into. */
  mappingFaults?(source: string): readonly { readonly message: string; readonly from: number }[];
  /** What is wrong with a JSON Schema (2020-12) that a node holds. Without it such schemas are not looked into. */
  checkSchema?(schema: unknown): string | undefined;
}

/**
 * All issues of a flow document, first those of its form, then settings, then graph; none twice. Takes any JSON value and never throws.
 * Publishing needs a flow without errors. A mapping that fails whatever arrives is a warning (it may stand where nothing ever arrives), so is a sample that may hold a real masked value, a test that cannot work, and a node that no trigger leads to (`FLOW_UNREACHABLE`) is one: the flow runs correctly
 * without it, and a half-drawn branch should not keep the rest from going live. What is in a broken part is not judged further, so that
 * one mistake gives one issue.
 */
export function validateFlow(document: unknown, context: ValidationContext): Issue[] {
  const structure = structureIssues(document);
  if (!isObject(document) || structure.some((issue) => issue.path === '')) return structure;
  const nodes = readNodes(document.nodes);
  const edges = readEdges(document.edges);
  const mask = isObject(document.settings) ? document.settings.mask : undefined;
  const isBroken = (path: string) => structure.some((issue) => issue.path === path);
  const issues = [
    ...structure,
    ...nodes.flatMap((placed) => nodeIssues(placed, context)),
    ...settingsIssues(document.settings, context),
    ...sampleIssues(document.samples, mask),
    ...sampleIssues(document.tests, mask, 'tests'),
    ...testIssues(document, new Set(nodes.map(({ node }) => node.id))),
  ];
  return isBroken('/nodes') || isBroken('/edges')
    ? issues
    : [...issues, ...graphIssues({ nodes, edges, manifests: context.manifests })];
}

function settingsIssues(settings: unknown, context: ValidationContext): Issue[] {
  if (!isObject(settings)) return [];
  const keys = isObject(settings.businessKeys) ? Object.keys(settings.businessKeys) : [];
  const expressions: [string[], unknown][] = [
    ...keys.map((key): [string[], unknown] => [['businessKeys', key], (settings.businessKeys as never)[key]]),
    [['dedupeKey'], settings.dedupeKey],
    [['orderingKey'], settings.orderingKey],
  ];
  const mask: unknown[] = Array.isArray(settings.mask) ? settings.mask : [];
  return [
    ...expressions.flatMap(([path, source]) => {
      const place = ['settings', ...path];
      return mappingIssues(source, { path: pointerOf(place) }, fieldName(place), context);
    }),
    ...mask.flatMap((path, index) => maskIssues(path, index)),
  ];
}

function maskIssues(path: unknown, index: number): Issue[] {
  const mistake = typeof path === 'string' ? checkMaskPath(path) : undefined;
  if (mistake === undefined) return [];
  const details = { path: `"settings.mask[${index}]"`, reason: mistake };
  const fix =
    'Write names, * (any key or index) and ** (any depth) joined by dots, such as customer.email or **.phone.';
  return [makeIssue('FLOW_SCHEMA', { path: `/settings/mask/${index}`, details, fix })];
}

/** The nodes that can be judged: those with an id and a type. */
function readNodes(value: unknown): PlacedNode[] {
  return readItems(value).flatMap(({ index, item }) =>
    typeof item.id === 'string' && typeof item.type === 'string' ? [{ index, node: item as unknown as FlowNode }] : [],
  );
}

function readEdges(value: unknown): PlacedEdge[] {
  return readItems(value).flatMap(({ index, item }) =>
    ['id', 'source', 'sourceHandle', 'target', 'targetHandle'].every((field) => typeof item[field] === 'string')
      ? [{ index, edge: item as unknown as FlowEdge }]
      : [],
  );
}

function readItems(value: unknown): { index: number; item: Record<string, unknown> }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) => (isObject(item) ? [{ index, item }] : []));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
