export { type CompiledMapping, checkMapping, compileMapping, type MappingOptions, type MappingProblem } from './mapping.ts';
