export { mergeShapes } from './merge-shapes.ts';
export { optionalShape } from './optional-shape.ts';
export {
  ANY,
  arrayOf,
  BOOLEAN,
  type FieldShape,
  isNever,
  isOptional,
  kindsOf,
  literalShape,
  NEVER,
  NULL,
  NUMBER,
  type ObjectShape,
  type Scalar,
  type Shape,
  type ShapeKind,
  STRING,
} from './shape.ts';
export { shapeOfSamples } from './shape-of-samples.ts';
export { shapeOfSchema } from './shape-of-schema.ts';
export { arrayText, shapeText, valueText } from './shape-text.ts';
