export type { MappingClock } from './clock.ts';
export type { MappingExplanation } from './explanation.ts';
export {
  FUNCTION_CATALOGUE,
  FUNCTION_GROUPS,
  type FunctionEntry,
  type FunctionExample,
  type ParameterEntry,
} from './functions/catalogue/index.ts';
export {
  type CrossReferenceQuery,
  type CrossReferences,
  crossReferenceFunction,
  type ReferenceData,
  referenceFunction,
} from './functions/index.ts';
export { actAsIsolate, type Isolate, type IsolateTask, useIsolate } from './isolate.ts';
export {
  type Completion,
  completionsAt,
  type Hover,
  hoverAt,
  type MappingShapes,
  type SignatureHelp,
  signatureHelpAt,
} from './knowledge/index.ts';
export {
  type Address,
  allNodes,
  applied,
  beginsWith,
  type Content,
  type LineChange,
  lineAt,
  type Match,
  matchesByName,
  type Part,
  readLines,
  removeLine,
  renameLine,
  type SourceNode,
  type SourcePath,
  type Span,
  samePath,
  setLine,
  sourceTree,
  type TargetNode,
  type TargetState,
  targetTree,
} from './lines/index.ts';
export { type Edit, type Finding, type FindingCode, type Fix, lintMapping, mappingFaults } from './lint/index.ts';
export { type CompiledMapping, compileMapping, MAPPING_LIMITS, type MappingOptions } from './mapping.ts';
export type { MappingFunction, MappingFunctions } from './outside-functions.ts';
export { checkMapping, type MappingProblem } from './problem.ts';
export { patternFinds } from './regex/index.ts';
export { piecesOf, ResultAssembly, type ResultPiece } from './result-pieces.ts';
export { mergeShapes, optionalShape, type Shape, shapeOfSamples, shapeOfSchema, shapeText } from './shape/index.ts';
export { type TextStart, textStart } from './text-start.ts';
export { fieldsOfVariable, isPlainField, type VariableField } from './variable-fields.ts';
