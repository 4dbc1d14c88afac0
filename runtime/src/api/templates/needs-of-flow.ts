import type { FlowTemplate } from '@crossdock/api-contract';
import { manifestsByType } from '@crossdock/connectors/manifests';
import type { Flow } from '@crossdock/flow-model';
import { fieldsOfVariable } from '@crossdock/mapping';
import { flowCalls } from '../deployments/flow-calls.ts';
import { flowExpressions } from '../deployments/flow-expressions.ts';

/** What an environment has to have before a flow works there, each by name and once. */
export function needsOfFlow(flow: Flow): FlowTemplate['needs'] {
  const connections = new Map<string, readonly string[]>();
  for (const { type, connection } of flow.nodes) {
    if (connection === undefined) continue;
    const types = manifestsByType.get(type)?.connection?.types ?? [];
    const known = connections.get(connection);
    // One connection that several nodes name has to do for all of them.
    connections.set(connection, known ? known.filter((each) => types.includes(each)) : types);
  }
  const variables = new Map<string, boolean>();
  for (const { source } of flowExpressions(flow))
    for (const { name, mayBeMissing } of fieldsOfVariable(source, 'vars'))
      variables.set(name, variables.get(name) === true || !mayBeMissing);
  const called = new Set(flowCalls(flow).map(({ flowId }) => flowId));
  return {
    connections: byName([...connections].map(([name, types]) => ({ name, types: [...types] }))),
    variables: byName([...variables].map(([name, isNeeded]) => ({ name, isNeeded }))),
    flows: [...called].filter((id) => id !== flow.id).toSorted(),
  };
}

const byName = <T extends { name: string }>(items: T[]): T[] =>
  items.toSorted((left, right) => (left.name < right.name ? -1 : 1));
