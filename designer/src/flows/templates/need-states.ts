import type { Connection, FlowTemplate } from '@crossdock/api-contract';

/** Something that a flow needs, and whether an environment has it; `unlike`: it has one by that name that does not do. */
export interface NeedState {
  readonly kind: 'connection' | 'variable' | 'flow';
  readonly name: string;
  readonly state: 'there' | 'absent' | 'unlike' | 'optional';
}

/** What of a template's needs an environment has: connections, then variables, then flows to call, which no environment divides. */
export function needStates(
  needs: FlowTemplate['needs'],
  env: string,
  has: {
    connections: readonly Pick<Connection, 'env' | 'name' | 'type'>[];
    variables: Readonly<Record<string, unknown>>;
    flows: readonly { readonly id: string }[];
  },
): NeedState[] {
  const connections = needs.connections.map(({ name, types }): NeedState => {
    const found = has.connections.find((connection) => connection.env === env && connection.name === name);
    const state = !found ? 'absent' : types.includes(found.type) ? 'there' : 'unlike';
    return { kind: 'connection', name, state };
  });
  const variables = needs.variables.map(({ name, isNeeded }): NeedState => {
    const state = name in has.variables ? 'there' : isNeeded ? 'absent' : 'optional';
    return { kind: 'variable', name, state };
  });
  const flows = needs.flows.map((name): NeedState => {
    return { kind: 'flow', name, state: has.flows.some(({ id }) => id === name) ? 'there' : 'absent' };
  });
  return [...connections, ...variables, ...flows];
}
