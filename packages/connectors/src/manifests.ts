import type { NodeManifest } from '@crossdock/connector-sdk';
import { switchNode } from './control/switch/manifest.ts';
import { transform } from './data/transform/manifest.ts';
import { validate } from './data/validate/manifest.ts';
import { httpRequest } from './http/request/manifest.ts';
import { respond } from './webhook/respond/manifest.ts';
import { webhook } from './webhook/trigger/manifest.ts';

export { nodeTypesMarkdown } from './docs.ts';

/** Every node type, in the order of the palette. */
export const manifests = [webhook, transform, validate, switchNode, httpRequest, respond] as const;

export const manifestsByType: ReadonlyMap<string, NodeManifest> = new Map(
  manifests.map((manifest) => [manifest.type, manifest]),
);
