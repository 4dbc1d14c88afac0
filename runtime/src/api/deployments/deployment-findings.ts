import { manifestsByType } from '@crossdock/connectors/manifests';
import { type Flow, pointerOf } from '@crossdock/flow-model';
import { fieldsOfVariable } from '@crossdock/mapping';
import { addressFindings, type NamedConnection } from './address-findings.ts';
import { type Finding, findingOf } from './finding.ts';
import { flowCalls } from './flow-calls.ts';
import { flowExpressions } from './flow-expressions.ts';
import { type Hook, hooksOf, takenHook, unsignedHook } from './hooks-of.ts';

/** What a revision meets in an environment. */
export interface Surroundings {
  env: string;
  /** How an unsigned hook is taken there. */
  unsignedHooks: 'free' | 'warned' | 'refused';
  variables: Readonly<Record<string, unknown>>;
  /** A connection there; undefined where there is none of that name. */
  connection(name: string): NamedConnection | undefined;
  /** Whether calls to an origin are known to be refused there. */
  refuses(origin: string): boolean;
  /** Hooks of the other flows that are deployed there. */
  hooks: readonly (Pick<Hook, 'path' | 'method'> & { flowId: string })[];
  /** Other flows that are deployed there and may be called. */
  callable: ReadonlySet<string>;
}

/**
 * What would go wrong with a revision in an environment, each by name. Errors refuse the deployment, warnings are kept with it: a called flow that
 * is missing may follow, and its callers can be replayed then.
 */
export function deploymentFindings(flow: Flow, surroundings: Surroundings): Finding[] {
  return [
    ...hookFindings(flow, surroundings),
    ...variableFindings(flow, surroundings),
    ...connectionFindings(flow, surroundings),
    ...addressFindings(flow, surroundings),
    ...callFindings(flow, surroundings),
  ];
}

function hookFindings(flow: Flow, { env, unsignedHooks, hooks }: Surroundings): Finding[] {
  return hooksOf(flow).flatMap((hook) => {
    const other = hooks.find(({ path, method }) => path === hook.path && method === hook.method);
    return [
      ...(other ? [takenHook(hook, { flowId: other.flowId, env })] : []),
      ...(unsignedHooks === 'free' || !hook.isOpen
        ? []
        : [unsignedHook(hook, unsignedHooks === 'refused' ? 'error' : 'warning')]),
    ];
  });
}

/** Variables that an expression needs and that are not set, once for each expression. */
function variableFindings(flow: Flow, { env, variables }: Surroundings): Finding[] {
  return flowExpressions(flow).flatMap(({ source, keys, nodeId }) => {
    const missing = fieldsOfVariable(source, 'vars').filter(
      ({ name, mayBeMissing }, at, all) =>
        !mayBeMissing && !Object.hasOwn(variables, name) && all.findIndex((other) => other.name === name) === at,
    );
    return missing.map(({ name, position }) =>
      findingOf('CONFIG_VARIABLE_MISSING', {
        path: pointerOf(keys),
        ...(nodeId === undefined ? {} : { nodeId }),
        details: { name, env },
        position,
      }),
    );
  });
}

/** Connections that a node names and that are not there, are of a type that it cannot use, or lack a credential. */
function connectionFindings(flow: Flow, { env, connection: connectionOf }: Surroundings): Finding[] {
  return flow.nodes.flatMap(({ id, type: nodeType, connection }, index) => {
    const types = manifestsByType.get(nodeType)?.connection?.types;
    if (connection === undefined || connection === '' || types === undefined) return [];
    const named = connectionOf(connection);
    const type = named?.type;
    const place = { path: pointerOf(['nodes', index, 'connection']), nodeId: id };
    if (named && types.includes(named.type))
      return named.unset.map((field) =>
        findingOf('CONFIG_CREDENTIALS_MISSING', {
          ...place,
          severity: 'warning',
          details: { connection, env, field },
          fix: 'Enter it on the page Connections, or what needs it fails.',
        }),
      );
    return type === undefined
      ? [
          findingOf('CONFIG_CONNECTION_MISSING', {
            ...place,
            details: { connection, env },
            fix: 'Make it on the page Connections, then deploy.',
          }),
        ]
      : [
          findingOf('CONFIG_CONNECTION_TYPE', {
            ...place,
            details: { connection, env, type, types: types.join(' or ') },
          }),
        ];
  });
}

/** Flows that are named to be called and cannot be. */
function callFindings(flow: Flow, { env, callable }: Surroundings): Finding[] {
  return flowCalls(flow).flatMap(({ nodeId, index, flowId }) =>
    callable.has(flowId) || (flowId === flow.id && isCallable(flow))
      ? []
      : [
          findingOf('CONFIG_FLOW_NOT_DEPLOYED', {
            path: pointerOf(['nodes', index, 'config', 'flowId']),
            nodeId,
            severity: 'warning',
            details: { flowId, env },
            fix: 'Deploy it there too, or calls of it fail.',
          }),
        ],
  );
}

/** Whether other flows may call this one. */
export function isCallable({ nodes }: Flow): boolean {
  return nodes.some(({ type }) => type === 'flow.called');
}
