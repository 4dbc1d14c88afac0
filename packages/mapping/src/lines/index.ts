export { type Match, matchesByName } from './auto-map.ts';
export { type Content, type LineChange, lineAt, removeLine, renameLine, setLine } from './change-lines.ts';
export { applied } from './change-list.ts';
export { type Address, beginsWith, type Part, type SourcePath, type Span, samePath } from './part.ts';
export { readLines } from './read-lines.ts';
export { allNodes, type SourceNode, sourceTree } from './source-tree.ts';
export { type TargetNode, type TargetState, targetTree } from './target-tree.ts';
