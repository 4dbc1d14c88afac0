import type { JournalSnapshot, Span } from '@crossdock/engine';
import type { ErrorJson } from '@crossdock/errors';
import type { FlowNode } from '@crossdock/flow-model';
import type { Attributes } from '@opentelemetry/api';

// Names of https://opentelemetry.io/docs/specs/semconv/ where it has one, else `crossdock.…`. No payloads, no keys, no addresses beyond
// the host: settings that are expressions are left out, as what they give is the payload's.

/** Of every span: which execution it belongs to. */
export function executionAttributes({ executionId, flowId, revision, env, trigger }: JournalSnapshot): Attributes {
  return {
    'crossdock.execution.id': executionId,
    'crossdock.flow.id': flowId,
    'crossdock.flow.revision': revision,
    'crossdock.env': env,
    ...(trigger.replayOf === undefined ? {} : { 'crossdock.replay_of': trigger.replayOf }),
  };
}

/** Of one attempt. */
export function attemptAttributes(span: Span): Attributes {
  const { nodeId, nodeType, attempt, status, iteration, item, undoes, retryAt, remote } = span;
  return {
    'crossdock.node.id': nodeId,
    'crossdock.node.type': nodeType,
    'crossdock.attempt': attempt,
    'crossdock.status': status,
    ...(iteration === undefined ? {} : { 'crossdock.iteration': iteration }),
    ...(item === undefined ? {} : { 'crossdock.item.index': item.index, 'crossdock.item.count': item.count }),
    ...(undoes === undefined ? {} : { 'crossdock.undoes': undoes }),
    ...(retryAt === undefined ? {} : { 'crossdock.retry_at': retryAt }),
    ...(remote === undefined ? {} : { 'crossdock.remote': remote, ...serverOf(remote) }),
  };
}

/** `error.type` is the code; of its details only the status that a target answered with. */
export function errorAttributes({ code, details }: ErrorJson): Attributes {
  const status = details?.status;
  return {
    'error.type': code,
    ...(code.startsWith('REMOTE_') && typeof status === 'number' ? { 'http.response.status_code': status } : {}),
  };
}

/** What the node's settings say of the protocol. */
export function protocolAttributes({ type, config }: FlowNode, env: string): Attributes {
  const { method, path, subject } = config;
  switch (type) {
    case 'webhook':
      return { ...literal('http.request.method', method ?? 'POST'), 'http.route': `/hooks/${env}/${path}` };
    case 'http.request':
      return literal('http.request.method', method);
    case 'nats.subscribe':
      return messaging('process', inEnv(subject, env));
    case 'nats.publish':
      return messaging('send', inEnv(subject, env));
    default:
      return {};
  }
}

function messaging(operation: 'process' | 'send', destination: unknown): Attributes {
  return {
    'messaging.system': 'nats',
    'messaging.operation.name': operation,
    'messaging.operation.type': operation,
    ...literal('messaging.destination.name', destination),
  };
}

function literal(name: string, value: unknown): Attributes {
  return typeof value === 'string' && !value.startsWith('=') ? { [name]: value } : {};
}

function inEnv(subject: unknown, env: string): unknown {
  return typeof subject === 'string' ? subject.replaceAll('{env}', env) : undefined;
}

/** `host:example.com:8080` → its address and port. */
function serverOf(remote: string): Attributes {
  const [, address, port] = /^host:(.+?)(?::(\d+))?$/.exec(remote) ?? [];
  if (address === undefined) return {};
  return { 'server.address': address, ...(port === undefined ? {} : { 'server.port': Number(port) }) };
}
