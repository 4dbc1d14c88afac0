export { activeRevisions } from './active-revisions.ts';
export { type Database, type DatabaseOptions, isEmptyDatabase, openDatabase, schemaChanges } from './database.ts';
export { arrayOf, type ColumnTypes, insertRows } from './insert-rows.ts';
export type { OrdersTable } from './order-tables.ts';
export type { ExecutionsTable, JobError, JobRequest, PackedPayload, Tables } from './schema.ts';
export { storableJson, storableText } from './storable.ts';
export { leaveTurn, takeTurn } from './take-turn.ts';
