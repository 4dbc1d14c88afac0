export { type CatalogueRow, catalogue, type ErrorCode, type RetryClass } from './catalogue/index.ts';
export { errorsMarkdown, RETRY_WORDS } from './docs.ts';
export {
  type ErrorDetails,
  type ErrorJson,
  errorFromJson,
  errorToJson,
  FlowError,
  fixOf,
  isFlowError,
  reasonOf,
  toFlowError,
  withFix,
} from './flow-error.ts';
