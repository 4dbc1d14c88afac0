export type { MappingClock } from './clock.ts';
export { type CompiledMapping, compileMapping, MAPPING_LIMITS, type MappingOptions } from './mapping.ts';
export { checkMapping, type MappingProblem } from './problem.ts';
