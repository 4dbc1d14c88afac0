export { type Database, type DatabaseOptions, openDatabase } from './database.ts';
export type { Tables } from './schema.ts';
