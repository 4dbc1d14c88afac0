export type { MappingClock } from './clock.ts';
export { actAsIsolate, type Isolate, type IsolateTask, useIsolate } from './isolate.ts';
export { type CompiledMapping, compileMapping, MAPPING_LIMITS, type MappingOptions } from './mapping.ts';
export { checkMapping, type MappingProblem } from './problem.ts';
