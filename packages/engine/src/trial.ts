import type { NarrowAnswer } from '@crossdock/connector-sdk';
import type { ErrorJson } from '@crossdock/errors';
import { errorFromJson, FlowError } from '@crossdock/errors';
import type { Answer, Answers } from '@crossdock/flow-model';
import type { Attempt, AttemptResult } from './attempt.ts';
import type { Execution } from './execution.ts';
import type { PlannedNode } from './plan.ts';
import type { Span } from './records.ts';

/** What makes a run one on trial: which nodes are answered for instead of being run, and where the run stops. */
export interface Trial {
  /** No action is run: those without an answer of their own give what their manifest says. */
  readonly isSimulated: boolean;
  /** What stands for this visit of the node; undefined lets the node run. `config` is evaluated. */
  answer(planned: PlannedNode, span: Span, config: Record<string, unknown>): Answer | undefined;
  /** The answer as the node's settings ask for it, where effects are simulated. */
  asAsked(attempt: Attempt, answer: Answer, asked: Parameters<NarrowAnswer>[1]): Promise<Answer>;
  /** Whether the run stops before its next node. */
  isOver(execution: Execution): boolean;
}

/** A trial with these answers; the settings of what was answered for are put into `configs` by span. */
export function createTrial({
  isSimulated,
  answers = {},
  neverReal = [],
  runAnyhow = [],
  stopAfter = Number.POSITIVE_INFINITY,
  narrowers = new Map(),
  configs,
}: {
  isSimulated: boolean;
  /** By node: the first for its first visit; simulated, the last for all visits that have none of their own. */
  answers?: Answers;
  /** Node types that are answered for even where effects are real. */
  neverReal?: readonly string[];
  /** Node types that run where they have no answer, simulated or not: what they change rests in the ports of the run. */
  runAnyhow?: readonly string[];
  /** Attempts until the run stops; the trigger's counts as one. */
  stopAfter?: number;
  /** By node type, what lets an answer say what is asked. */
  narrowers?: ReadonlyMap<string, NarrowAnswer>;
  configs: Map<string, Record<string, unknown>>;
}): Trial {
  const visits = new Map<string, number>();
  return {
    isSimulated,
    answer({ node, manifest }, span, config) {
      const given = Object.hasOwn(answers, node.id) ? (answers[node.id] ?? []) : [];
      const visit = visits.get(node.id) ?? 0;
      const isStoodFor = isSimulated || neverReal.includes(manifest.type);
      const isRun = given.length === 0 && runAnyhow.includes(manifest.type);
      if (isRun) configs.set(span.spanId, config);
      const answer = given[visit] ?? (isStoodFor && !isRun ? (given.at(-1) ?? simulatedBy(manifest)) : undefined);
      if (answer === undefined) return undefined;
      visits.set(node.id, visit + 1);
      configs.set(span.spanId, config);
      return answer;
    },
    async asAsked({ planned }, answer, asked) {
      const narrow = narrowers.get(planned.manifest.type);
      if (!narrow || !isSimulated || !('output' in answer)) return answer;
      return { ...answer, output: await narrow(answer.output, asked) };
    },
    isOver: ({ snapshot }) => snapshot.spans.length >= stopAfter,
  };
}

/** The answer as the result of an attempt; without an output the input goes on. */
export function resultOfAnswer({ execution, planned, entry }: Attempt, answer: Answer): AttemptResult {
  if ('error' in answer) return { ok: false, error: errorOfAnswer(answer.error) };
  const { handle = planned.manifest.handles.out[0] ?? 'out' } = answer;
  const payload = 'output' in answer ? answer.output : execution.payloads.get(entry.inputRef);
  return { ok: true, emissions: [{ handle, payload }], status: 'simulated' };
}

function simulatedBy({ kind, simulated, control }: PlannedNode['manifest']): Answer | undefined {
  if (kind === 'action') return { output: simulated ?? {} };
  return control === 'wait' ? {} : undefined;
}

/** The catalogue's own sentence where the answer has none; an unknown code becomes `SYSTEM_UNEXPECTED`. */
function errorOfAnswer({ code, message, details }: Extract<Answer, { error: unknown }>['error']): FlowError {
  const known = errorFromJson({ code, message: message ?? '', ...(details ? { details } : {}) } as ErrorJson);
  return message === undefined ? new FlowError(known.code, { details: known.details }) : known;
}
