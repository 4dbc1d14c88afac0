import { type ObjectShape, type Shape, shapeText } from '../shape/index.ts';
import type { SourcePath } from './part.ts';

/** A place of the source, with what is known of it. */
export interface SourceNode {
  readonly path: SourcePath;
  readonly name: string;
  readonly isList: boolean;
  /** A short type text. */
  readonly type: string;
  readonly children: readonly SourceNode[];
}

/** A value of such a shape as a tree; elements of lists stand directly below them, as in paths. */
export function sourceTree(shape: Shape, path: SourcePath = [], name = ''): SourceNode {
  const object = objectIn(shape);
  const children = [...(object?.fields ?? [])].map(([field, { shape: inner }]) =>
    sourceTree(inner, [...path, field], field),
  );
  return { path, name, isList: shape.array !== undefined, type: shapeText(shape, 0), children };
}

/** The object that a value is, or each of its elements. */
export function objectIn(shape: Shape): ObjectShape | undefined {
  return shape.object ?? (shape.array ? objectIn(shape.array.items) : undefined);
}

/** The node and all below it, those around first. */
export function allNodes<Node extends { readonly children: readonly Node[] }>(node: Node): Node[] {
  return [node, ...node.children.flatMap(allNodes)];
}
