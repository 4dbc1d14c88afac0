import type { ErrorCode, ErrorDetails } from '@crossdock/errors';
import { type Issue, type IssueOptions, makeIssue } from '@crossdock/flow-model';

/** An issue of a deployment with what its words are made of. */
export interface Finding {
  issue: Issue;
  details: ErrorDetails;
}

export function findingOf(code: ErrorCode, options: IssueOptions & { details: ErrorDetails }): Finding {
  return { issue: makeIssue(code, options), details: options.details };
}
