export { HOSTILE, type Hostile } from './hostile.ts';
