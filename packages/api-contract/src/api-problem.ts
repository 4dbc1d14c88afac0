import type { Problem } from './schemas.ts';

/** What the client throws when the API answers with an error: its problem details (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  /** A code of the error catalogue, such as `API_STALE`. */
  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** Reads an error answer. What is no problem document (a proxy's page, say) becomes one with the code `SYSTEM_UNEXPECTED`. */
export function problemFrom(status: number, text: string, instance: string): ApiProblem {
  const title = `The server answered ${status}`;
  const made = { type: 'about:blank', title, status, detail: `${title}.`, code: 'SYSTEM_UNEXPECTED', instance };
  try {
    const read: unknown = JSON.parse(text);
    return new ApiProblem(isProblem(read) ? { ...made, ...read } : made);
  } catch {
    return new ApiProblem(made);
  }
}

function isProblem(value: unknown): value is Problem {
  const problem = value as Partial<Problem> | null;
  return typeof problem?.code === 'string' && typeof problem.detail === 'string' && typeof problem.status === 'number';
}
