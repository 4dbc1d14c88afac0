import type { ErrorCode } from '@crossdock/errors';

/** Something wrong with a flow. Errors stop a publish, warnings do not. */
export interface Issue {
  code: ErrorCode;
  severity: 'error' | 'warning';
  nodeId?: string;
  edgeId?: string;
  /** JSON Pointer (RFC 6901) into the document. */
  path: string;
  /** Says what is wrong, names the field, and how to mend it. */
  message: string;
  /** Offset in the expression (UTF-16 units, from 0), for issues of a mapping. */
  position?: number;
}
