export { type AuditFormat, fileHeadOf, fileLineOf } from './audit-file.ts';
export {
  type AuditActor,
  type AuditedChange,
  nothingChanged,
  type RecordChange,
  type Recorded,
  recordAudit,
  recordedBySystem,
} from './record-audit.ts';
export { removeAuditBefore } from './remove-audit.ts';
export { type AuditFilter, type AuditTableRow, auditOf } from './search-audit.ts';
