export { HOSTILE, type Hostile } from './hostile.ts';
export { type SuiteCase, suiteCases } from './suite-cases.ts';
