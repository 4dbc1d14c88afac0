import { apiErrors } from './api-errors.ts';
import { configErrors } from './config-errors.ts';
import { dataErrors } from './data-errors.ts';
import { flowErrors } from './flow-errors.ts';
import { remoteErrors } from './remote-errors.ts';
import type { CatalogueRow } from './row.ts';
import { runErrors } from './run-errors.ts';
import { systemErrors } from './system-errors.ts';

export type { CatalogueRow, RetryClass } from './row.ts';

/**
 * Every error Crossdock can raise: retry decision, HTTP status, help text and docs are read from here.
 * Prefixes say who acts: FLOW_ the author, CONFIG_ the operator, DATA_ the sender, REMOTE_ the other system, RUN_ the operator,
 * API_ the caller, SYSTEM_ us.
 */
export const catalogue = {
  ...flowErrors,
  ...configErrors,
  ...dataErrors,
  ...remoteErrors,
  ...runErrors,
  ...apiErrors,
  ...systemErrors,
} as const satisfies Record<string, CatalogueRow>;

export type ErrorCode = keyof typeof catalogue;
