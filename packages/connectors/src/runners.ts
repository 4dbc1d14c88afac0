import type { NodeRunner, RunnersFor } from '@crossdock/connector-sdk';
import { runSwitch } from './control/switch/run.ts';
import { runTransform } from './data/transform/run.ts';
import { runValidate } from './data/validate/run.ts';
import { runHttpRequest } from './http/request/run.ts';
import type { manifests } from './manifests.ts';
import { runRespond } from './webhook/respond/run.ts';

/** What runs each node type; triggers have none. */
export const runners = {
  transform: runTransform,
  validate: runValidate,
  switch: runSwitch,
  'http.request': runHttpRequest,
  respond: runRespond,
} satisfies RunnersFor<typeof manifests>;

/** By type, for the engine: it hands each runner the config that the manifest describes, which this type no longer says. */
export const runnersByType: ReadonlyMap<string, NodeRunner> = new Map(
  Object.entries(runners as unknown as Record<string, NodeRunner>),
);
