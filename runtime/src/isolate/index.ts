export { createIsolate, type IsolatePool } from './isolate.ts';
