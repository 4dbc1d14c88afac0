import { filledSettings, hostsOf, originOf } from '@crossdock/connector-sdk';
import { connectionTypesByName, manifestsByType } from '@crossdock/connectors/manifests';
import { type Flow, type FlowNode, isExpression, pointerOf } from '@crossdock/flow-model';
import { textStart } from '@crossdock/mapping';
import type { Surroundings } from './deployment-findings.ts';
import { type Finding, findingOf } from './finding.ts';

/** What the check reads of a connection. */
export interface NamedConnection {
  readonly type: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Credentials that such settings need and that are not entered, by their titles. */
  readonly unset: readonly string[];
}

/**
 * Addresses that nodes are known to call and that the environment refuses: those of their connections, or else written in the node, with variables
 * filled in. Warnings, as a host can be allowed at any time. What a message decides, and names that only a resolver could judge, are passed over.
 */
export function addressFindings(flow: Flow, surroundings: Surroundings): Finding[] {
  const { env, refuses } = surroundings;
  return flow.nodes.flatMap((node, index) => {
    const { origins, field } = calledBy(node, surroundings);
    const by = field[0] === 'connection' ? ` by the connection "${node.connection}"` : '';
    return origins.filter(refuses).map((host) =>
      findingOf('CONFIG_EGRESS_BLOCKED', {
        path: pointerOf(['nodes', index, ...field]),
        nodeId: node.id,
        severity: 'warning',
        details: { host, env },
        fix: `The node "${node.name ?? node.id}" makes them in ${env}${by}: allow the host for ${env} under Connections, Private hosts, or call another address.`,
      }),
    );
  });
}

/** The origins that a node is known to call, and the field of the node that says so. */
function calledBy(
  { type, config, connection: name }: FlowNode,
  { connection: connectionOf, variables }: Surroundings,
): { origins: readonly string[]; field: readonly string[] } {
  const manifest = manifestsByType.get(type);
  if (name !== undefined && name !== '' && manifest?.connection) {
    const connection = connectionOf(name);
    const kind = connection && connectionTypesByName.get(connection.type);
    return {
      origins: kind ? hostsOf(kind, filledSettings(kind, connection.settings)) : [],
      field: ['connection'],
    };
  }
  const remote = manifest?.remote;
  const origin = remote === undefined ? undefined : knownOrigin(config[remote], variables);
  return { origins: origin === undefined ? [] : [origin], field: ['config', remote ?? ''] };
}

/** The origin of an address whose beginning is known as far as the host ends. */
function knownOrigin(value: unknown, variables: Readonly<Record<string, unknown>>): string | undefined {
  if (!isExpression(value)) return originOf(value);
  const { text, isWhole } = textStart(value.slice(1), variables);
  return isWhole || /^[a-z]+:\/\/[^/?#]+[/?#]/i.test(text) ? originOf(text) : undefined;
}
