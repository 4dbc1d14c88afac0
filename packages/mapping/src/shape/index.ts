export { intersectShapes, mergeShapes } from './merge-shapes.ts';
export {
  ANY,
  type ArrayShape,
  arrayOf,
  BOOLEAN,
  type FieldShape,
  fewExamples,
  isNever,
  isOptional,
  kindsOf,
  literalShape,
  NEVER,
  NULL,
  NUMBER,
  type ObjectShape,
  type Scalar,
  type ScalarShape,
  type Shape,
  type ShapeKind,
  STRING,
} from './shape.ts';
export { shapeOfSamples } from './shape-of-samples.ts';
export { shapeOfSchema } from './shape-of-schema.ts';
export { arrayText, shapeText, valueText } from './shape-text.ts';
