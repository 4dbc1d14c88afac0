/** What nodes answer instead of being run: by node, one for each visit in order, the last one for all further visits. */
export type Answers = Record<string, Answer[]>;

/**
 * What stands for one visit of a node. `output` leaves by `handle` (default: the node's first); without it the input goes on. An `error` is
 * treated as the node's own: tried again or not by its code.
 */
export type Answer = { output?: unknown; handle?: string } | { error: AnswerError };

export interface AnswerError {
  /** Of the catalogue, such as `REMOTE_REJECTED`. */
  code: string;
  message?: string;
  details?: Record<string, unknown>;
}

/** One test of a flow: what comes in, what its nodes answer, and what is to come of it. Effects are always simulated, time stands still. */
export interface FlowTest {
  /** Unique in the flow. */
  name: string;
  /** The payload, headers and answers are those of this sample, as far as the test has none of its own. */
  sample?: string;
  payload?: unknown;
  /** Laid over the payload as a JSON merge patch (RFC 7396). */
  patch?: unknown;
  headers?: Record<string, string>;
  /** Id of the trigger, where the flow has several and it is not the first. */
  trigger?: string;
  /** RFC 3339; when the message comes in. Default `TEST_RECEIVED_AT`. */
  receivedAt?: string;
  /** `$vars`. */
  variables?: Record<string, unknown>;
  answers?: Answers;
  /** What cross-references hold when it begins. With it, nodes of cross-references are run on these, but for those with an answer. */
  xrefs?: TestXref[];
  expect: Expectation;
  tolerances?: Tolerance[];
}

/** One thing, by its id or ids in each system. */
export interface TestXref {
  /** Such as `customer`. */
  entity: string;
  ids: Record<string, string | string[]>;
}

export const TEST_RECEIVED_AT = '2026-01-05T09:00:00.000Z';

export type ExpectedStatus = (typeof EXPECTED_STATUSES)[number];
export const EXPECTED_STATUSES = [
  'succeeded',
  'failed',
  'waiting',
  'in-doubt',
  'compensated',
  'compensation-failed',
] as const;

/** What is to come of a run; whatever is left out is not compared, what is there must be the same but for the tolerances. */
export interface Expectation {
  status?: ExpectedStatus;
  error?: { code: string; nodeId?: string; details?: Record<string, unknown> };
  /** What the caller at the trigger is answered. */
  reply?: unknown;
  /** Ids of the nodes in the order of their attempts, the trigger first. */
  path?: string[];
  /** By node, its last output. */
  outputs?: Record<string, unknown>;
  /** By node that was answered for, its evaluated settings of each visit: the request that would have been sent. */
  calls?: Record<string, unknown[]>;
}

/**
 * What may differ at the places that `path` names, a mask path from the expectation on, such as `outputs.erp.headers.date`. `anything`: all of
 * it, or nothing at all. `type`: anything of the JSON type. `pattern`: a text that the regular expression finds. `contains`: an object
 * with more fields, here and below.
 */
export interface Tolerance {
  path: string;
  as: 'anything' | 'type' | 'pattern' | 'contains';
  pattern?: string;
}
