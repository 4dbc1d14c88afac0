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
