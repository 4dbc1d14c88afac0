import { type CatalogueRow, catalogue, type ErrorCode } from './catalogue/index.ts';

export type ErrorDetails = Readonly<Record<string, unknown>>;

/** JSON form of an error, as it crosses the bus, a trace or the API; never holds a secret. `cause` is cut at five. */
export interface ErrorJson {
  code: ErrorCode;
  message: string;
  details?: ErrorDetails;
  cause?: ErrorJson | { message: string };
}

const MAX_CAUSES = 5;

/** The one error class of Crossdock. What it means, whether it is retried and its HTTP status come from the catalogue. */
export class FlowError extends Error {
  override readonly name = 'FlowError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, options: { details?: ErrorDetails; message?: string; cause?: unknown } = {}) {
    const details = options.details ?? {};
    super(
      options.message ?? fillSlots(catalogue[code].message, details),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.details = details;
  }

  get row(): CatalogueRow {
    return catalogue[this.code];
  }
}

/** True for a FlowError, and of that code when one is named. */
export function isFlowError(error: unknown, code?: ErrorCode): error is FlowError {
  return error instanceof FlowError && (code === undefined || error.code === code);
}

/** Anything thrown, as a FlowError: what is not one becomes `SYSTEM_UNEXPECTED` with the original as cause. */
export function toFlowError(thrown: unknown): FlowError {
  if (thrown instanceof FlowError) return thrown;
  return new FlowError('SYSTEM_UNEXPECTED', { details: { reason: reasonOf(thrown) }, cause: thrown });
}

/** The message of anything thrown, for a `{reason}` slot. */
export function reasonOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message;
  try {
    return String(thrown);
  } catch {
    return 'something that is no error and has no text';
  }
}

/** What the reader of an error with this code should do; its slots are filled from the error's details. */
export function fixOf(code: ErrorCode, details: ErrorDetails = {}): string {
  return fillSlots(catalogue[code].fix, details);
}

/** What is wrong, as a sentence, then what to do about it: the message's own full stop, where it has one, is not doubled. */
export function withFix(message: string, fix: string): string {
  return `${message}${/[.!?…]$/.test(message) ? '' : '.'} ${fix}`;
}

export function errorToJson(error: FlowError): ErrorJson {
  return toJson(error, MAX_CAUSES) as ErrorJson;
}

/** Reads what `errorToJson` wrote; an unknown code (a newer writer) becomes `SYSTEM_UNEXPECTED`. */
export function errorFromJson(json: ErrorJson): FlowError {
  const code = Object.hasOwn(catalogue, json.code) ? json.code : 'SYSTEM_UNEXPECTED';
  return new FlowError(code, { message: json.message, details: json.details ?? {} });
}

function toJson(error: unknown, left: number): ErrorJson | { message: string } {
  const cause =
    error instanceof Error && error.cause !== undefined && left > 1 ? { cause: toJson(error.cause, left - 1) } : {};
  if (!(error instanceof FlowError)) return { message: reasonOf(error), ...cause };
  const details = Object.keys(error.details).length > 0 ? { details: error.details } : {};
  return { code: error.code, message: error.message, ...details, ...cause };
}

function fillSlots(template: string, details: ErrorDetails): string {
  return template.replace(/\{(\w+)\}/g, (_slot, name: string) => {
    const value = Object.hasOwn(details, name) ? details[name] : undefined;
    if (value === undefined) return '…';
    return typeof value === 'string' ? value : Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
  });
}
