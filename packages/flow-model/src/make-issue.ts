import { type ErrorCode, type ErrorDetails, FlowError, fixOf, withFix } from '@crossdock/errors';
import type { Issue } from './issue.ts';

/** Where an issue is, and what differs from the usual wording of its code. */
export interface IssueOptions {
  path: string;
  nodeId?: string;
  edgeId?: string;
  severity?: Issue['severity'];
  details?: ErrorDetails;
  /** How to mend it, where the catalogue's advice is too general. */
  fix?: string;
  position?: number;
}

/** An issue worded by the catalogue: what is wrong, then how to mend it. */
export function makeIssue(code: ErrorCode, options: IssueOptions): Issue {
  const { path, nodeId, edgeId, severity = 'error', details = {}, position } = options;
  const { message } = new FlowError(code, { details });
  return {
    code,
    severity,
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(edgeId === undefined ? {} : { edgeId }),
    path,
    message: withFix(`${message[0]?.toUpperCase()}${message.slice(1)}`, options.fix ?? fixOf(code, details)),
    ...(position === undefined ? {} : { position }),
  };
}
