export { type AppParts, createApp } from './app.ts';
export type { Checks, HealthOptions } from './health.ts';
export { type Listener, listen } from './listener.ts';
export { problemOf } from './problem.ts';
