import type { ErrorBody, Problem } from '@crossdock/api-contract';
import { catalogue, type ErrorCode, errorFromJson, type FlowError, fixOf, isFlowError } from '@crossdock/errors';

type ProblemIssue = NonNullable<Problem['issues']>[number];

/** An answer of the API that is not success, or none at all (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly issues: readonly ProblemIssue[];

  constructor(fields: {
    status: number;
    code: string;
    message: string;
    issues?: readonly ProblemIssue[];
    cause?: unknown;
  }) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.status = fields.status;
    this.code = fields.code;
    this.issues = fields.issues ?? [];
  }
}

/** Anything thrown, as a sentence with its code, for a toast or an error state. */
export function explain(thrown: unknown): { message: string; code: string; fix?: string } {
  const message = thrown instanceof Error ? sentence(thrown.message) : String(thrown);
  const code = thrown instanceof ApiError || isFlowError(thrown) ? thrown.code : 'UNEXPECTED';
  const fix = whatToDo({ code, details: isFlowError(thrown) ? thrown.details : {} });
  return fix && !message.includes(fix) ? { message, code, fix } : { message, code };
}

/** What the reader of this error should do, from the error catalogue; undefined for a code of a newer Crossdock. */
export function whatToDo({ code, details = {} }: Pick<ErrorBody, 'code' | 'details'>): string | undefined {
  return code in catalogue ? fixOf(code as ErrorCode, details) : undefined;
}

/** An error that an execution ended with, as what is thrown, so that it is shown as any other: with what to do. */
export function errorOf({ code, message, details }: ErrorBody): FlowError {
  return errorFromJson({ code: code as ErrorCode, message, ...(details ? { details } : {}) });
}

/** With a capital and a full stop, as the catalogue's messages have neither. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') return trimmed;
  // An address or identifier at the beginning is quoted as it is.
  const capital = /^[a-z]+[\s,]/.test(trimmed) ? trimmed.charAt(0).toUpperCase() + trimmed.slice(1) : trimmed;
  return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
