export { fieldText } from './field-text.ts';
export { type Context, type Facts, inferFacts, type NodeFacts } from './infer.ts';
export { KNOWN_FUNCTIONS, type KnownFunction, type KnownParameter } from './known-functions.ts';
export { lookUp } from './lookup.ts';
export type { MappingShapes } from './mapping-shapes.ts';
export type { Binding, Scope } from './scope.ts';
export { typeText } from './type-text.ts';
export type { FunctionType, Typed } from './typed.ts';
