export { type Auth, type AuthOptions, createAuth } from './auth.ts';
export type { Caller } from './caller.ts';
