export { problemOf } from './problem.ts';
