import type { Reply, RunContext, RunMeta } from '@crossdock/connector-sdk';
import { FlowError, toFlowError } from '@crossdock/errors';
import { checkConfig, fillTemplate } from './config-template.ts';
import type { Core } from './core.ts';
import { deadlineOf, type Execution, keyBaseOf, labelOf, sealed } from './execution.ts';
import { createEvaluate, metaOf } from './expressions.ts';
import type { Emission } from './frontier.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { Interrupt } from './interrupt.ts';
import type { PlannedNode } from './plan.ts';
import type { FrontierEntry, Span } from './records.ts';
import { isOurTrouble } from './retry-policy.ts';
import { traceparentOf } from './trace-context.ts';
import { resultOfAnswer } from './trial.ts';

export type AttemptResult =
  | { ok: true; emissions: Emission[]; status: 'succeeded' | 'simulated' }
  | { ok: false; error: FlowError };

export interface Attempt {
  execution: Execution;
  planned: PlannedNode;
  entry: FrontierEntry;
  span: Span;
}

/** What ends an attempt from outside: this process stops, or someone cancels the execution. */
export interface Interrupts {
  /** This process stops. */
  stopping: Interrupt;
  /** Someone cancels the execution; the reason is a `RUN_CANCELLED`. */
  cancelled: Interrupt;
}

type Config = Record<string, unknown>;

/** Evaluates a node's settings on its input; throws `DATA_MAPPING…`, `CONFIG_MISSING` or `CONFIG_INVALID`. */
export async function fillConfig(core: Core, { execution, planned, entry }: Omit<Attempt, 'span'>): Promise<Config> {
  if (planned.config.kind === 'literal') return planned.config.value as Config;
  const input = execution.payloads.get(entry.inputRef);
  const evaluate = createEvaluate(core, execution, entry);
  const config = await fillTemplate(planned.config, (source) => evaluate(source, input));
  checkConfig(config, planned.config, planned.manifest.config);
  return config as Config;
}

/**
 * Makes one attempt of one node. What the node did wrong comes back as a result, a cancellation too; our own trouble (a stopping process,
 * an absent bus) is thrown. A runner that ignores its signal is left behind. `config` is filled here where it was not before.
 */
export async function makeAttempt(
  core: Core,
  attempt: Attempt,
  { stopping, cancelled }: Interrupts,
  config?: Config,
): Promise<AttemptResult> {
  // Undoing is what a cancellation asks for: it is not cut short by it.
  const isCancellable = !attempt.entry.undoes;
  if (stopping.reason) throw stopping.reason;
  if (isCancellable && cancelled.reason) return { ok: false, error: cancelled.reason };
  const cut = new Interrupt();
  const raise = (reason: FlowError): void => cut.raise(reason);
  const endings = [stopping.heard(raise), armTimeout(core, attempt, cut)];
  if (isCancellable) endings.push(cancelled.heard(raise));
  try {
    return await new Promise<AttemptResult>((resolve, reject) => {
      cut.heard(reject);
      work(core, attempt, cut, config).then(resolve, reject);
    });
  } catch (thrown) {
    const error = cut.reason ?? toFlowError(thrown);
    if (isOurTrouble(error)) throw error;
    return { ok: false, error };
  } finally {
    for (const end of endings) end();
  }
}

async function work(core: Core, attempt: Attempt, cut: Interrupt, filled: Config | undefined): Promise<AttemptResult> {
  const { execution, planned, entry } = attempt;
  const config = filled ?? (await fillConfig(core, attempt));
  const answer = core.trial?.answer(planned, attempt.span, config);
  if (core.trial && answer) {
    const evaluate = createEvaluate(core, execution, entry);
    const input = execution.payloads.get(entry.inputRef);
    const asked = { config, evaluate: (mapping: string) => evaluate(mapping, input) };
    return resultOfAnswer(attempt, await core.trial.asAsked(attempt, answer, asked));
  }
  const meta = metaOf(core.ports, execution, entry);
  const emissions: Emission[] = [];
  const context = new AttemptContext(core, attempt, { cut, config, meta, emissions });
  if (!planned.runner) throw new FlowError('FLOW_TRIGGER_INPUT', { details: { node: entry.nodeId } });
  await planned.runner(execution.payloads.get(entry.inputRef), context);
  return { ok: true, emissions, status: 'succeeded' };
}

/** What a runner may use. What costs something is made for those who ask for it; the methods work without their object. */
class AttemptContext implements RunContext {
  readonly config: RunContext['config'];
  readonly meta: RunContext['meta'];
  readonly evaluate: RunContext['evaluate'];
  readonly emit: RunContext['emit'];
  readonly reply: RunContext['reply'];
  readonly #core: Core;
  readonly #attempt: Attempt;
  readonly #cut: Interrupt;
  #signal: AbortSignal | undefined;
  #key: string | undefined;

  constructor(
    core: Core,
    attempt: Attempt,
    { cut, config, meta, emissions }: { cut: Interrupt; config: Config; meta: RunMeta; emissions: Emission[] },
  ) {
    const { execution, entry } = attempt;
    this.#core = core;
    this.#attempt = attempt;
    this.#cut = cut;
    this.config = config;
    this.meta = meta;
    this.evaluate = createEvaluate(core, execution, entry, meta);
    this.emit = (handle, payload) => {
      if (!cut.reason) emissions.push({ handle, payload });
    };
    this.reply = async (reply) => {
      if (!cut.reason) giveReply(core, execution, reply);
    };
  }

  get #env(): string {
    return this.#attempt.execution.address.env;
  }

  get idempotencyKey(): string {
    const { execution, entry } = this.#attempt;
    this.#key ??= idempotencyKey(keyBaseOf(execution.snapshot), entry.nodeId, entry.iteration, entry.undoes?.nodeId);
    return this.#key;
  }

  get traceparent(): string {
    const { execution, span } = this.#attempt;
    return traceparentOf(execution.address.executionId, span.spanId, this.meta.headers);
  }

  get signal(): AbortSignal {
    this.#signal ??= signalOf(this.#cut);
    return this.#signal;
  }

  get http(): RunContext['http'] {
    return this.#core.ports.http(this.#env);
  }

  async connection(): ReturnType<RunContext['connection']> {
    const { node, manifest } = this.#attempt.planned;
    if (node.connection === undefined) return undefined;
    return this.#core.ports.connections.open(this.#env, node.connection, manifest.connection?.types ?? []);
  }

  get blobs(): RunContext['blobs'] {
    return this.#core.ports.blobs;
  }

  get events(): RunContext['events'] {
    const { ports } = this.#core;
    const { execution } = this.#attempt;
    return {
      emit(key, event) {
        const { specversion, type, ...told } = event;
        const resting = { specversion, type, ...sealed(ports, execution, told) };
        return ports.events.emit(execution.address.env, key, event, resting);
      },
    };
  }

  get xrefs(): RunContext['xrefs'] {
    const { snapshot } = this.#attempt.execution;
    const { executionId } = snapshot;
    return this.#core.ports.xrefs.of(this.#env, {
      executionId,
      holder: this.idempotencyKey,
      owner: keyBaseOf(snapshot),
    });
  }

  get statuses(): RunContext['statuses'] {
    return this.#core.ports.statuses(this.#env);
  }

  get messages(): RunContext['messages'] {
    return this.#core.ports.messages(this.#env);
  }
}

/** The first reply counts; after a crash the journal may hold one already. */
function giveReply(core: Core, execution: Execution, reply: Reply): void {
  const { snapshot } = execution;
  if (snapshot.reply) return;
  snapshot.reply = reply;
  if (snapshot.trigger.replyTo !== undefined) core.ports.replies.reply(snapshot.trigger.replyTo, reply);
}

function signalOf(cut: Interrupt): AbortSignal {
  const controller = new AbortController();
  cut.heard((reason) => controller.abort(reason));
  return controller.signal;
}

/** Gives the function that ends the time limit. */
function armTimeout(core: Core, { execution, planned }: Attempt, cut: Interrupt): () => void {
  const { timeoutMs } = planned;
  if (timeoutMs === undefined) return () => undefined;
  const { clock } = core.ports;
  const leftMs = deadlineOf(execution) - clock.now();
  return clock.after(Math.max(0, Math.min(leftMs, timeoutMs)), () =>
    cut.raise(leftMs < timeoutMs ? runTimedOut(execution) : attemptTimedOut(planned, timeoutMs)),
  );
}

/** The whole execution took too long. */
export function runTimedOut(execution: Execution): FlowError {
  return new FlowError('RUN_TIMED_OUT', { details: { timeoutMs: execution.plan?.timeoutMs } });
}

function attemptTimedOut({ node, manifest }: PlannedNode, timeoutMs: number): FlowError {
  return manifest.kind === 'action'
    ? new FlowError('REMOTE_TIMEOUT', { details: { remote: labelOf(node), timeoutMs } })
    : new FlowError('DATA_MAPPING_LIMIT', { details: { limit: 'time', most: `${timeoutMs} ms` } });
}
