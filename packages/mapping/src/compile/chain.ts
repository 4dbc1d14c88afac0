import jsonata from 'jsonata';
import type { AstNode } from './ast-node.ts';

/** How the reference writes `f ~> g`. Errors in there have positions in this. */
export const CHAIN = jsonata('function($f, $g) { function($x){ $g($f($x)) } }').ast() as unknown as AstNode;
