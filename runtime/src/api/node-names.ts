import type { ApiOptions } from './api.ts';

interface Place {
  flow_id: string;
  revision: number;
  node_id: string | null;
}

/** How nodes are called in their revision; nothing for one without a name, and while the bus is away. */
export async function nodeNamesOf(
  { bus, log }: Pick<ApiOptions, 'bus' | 'log'>,
  places: readonly Place[],
): Promise<(place: Place) => { nodeName?: string }> {
  const names = new Map<string, string>();
  const revisions = new Map(places.map((place) => [`${place.flow_id}.${place.revision}`, place]));
  for (const [key, { flow_id: flowId, revision }] of revisions) {
    const flow = await bus.registry.getRevision(flowId, revision).catch((error) => {
      log.warn({ err: error, flowId, revision }, 'nodes are shown without their names');
      return undefined;
    });
    for (const { id, name } of flow?.nodes ?? []) if (name !== undefined) names.set(`${key}.${id}`, name);
  }
  return ({ flow_id, revision, node_id }) => {
    const nodeName = names.get(`${flow_id}.${revision}.${node_id}`);
    return nodeName === undefined ? {} : { nodeName };
  };
}
