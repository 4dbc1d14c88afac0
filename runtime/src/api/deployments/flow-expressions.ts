import { manifestsByType } from '@crossdock/connectors/manifests';
import { configExpressions, type Flow } from '@crossdock/flow-model';

/** JSONata in a flow, with its place. */
export interface FlowExpression {
  source: string;
  /** Keys that lead to it in the document. */
  keys: (string | number)[];
  nodeId?: string;
}

/** Every expression and mapping of a flow: in the settings of its nodes, and its keys. */
export function flowExpressions({ nodes, settings = {} }: Flow): FlowExpression[] {
  const inNodes = nodes.flatMap((node, index) => {
    const manifest = manifestsByType.get(node.type);
    const found = manifest ? configExpressions(node.config, manifest.config) : [];
    return found.flatMap(({ kind, keys, value }): FlowExpression[] =>
      kind === 'json-schema' || typeof value !== 'string'
        ? []
        : [{ source: value, keys: ['nodes', index, 'config', ...keys], nodeId: node.id }],
    );
  });
  const { businessKeys = {}, dedupeKey, orderingKey } = settings;
  const named = Object.entries({ dedupeKey, orderingKey }).flatMap(([name, source]): FlowExpression[] =>
    source === undefined ? [] : [{ source, keys: ['settings', name] }],
  );
  const business = Object.entries(businessKeys).map(
    ([name, source]): FlowExpression => ({ source, keys: ['settings', 'businessKeys', name] }),
  );
  return [...inNodes, ...business, ...named];
}
