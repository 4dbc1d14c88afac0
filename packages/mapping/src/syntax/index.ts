export { type CallNode, childrenOf, type LambdaNode, type Node, type NodeOf, nodesAround, type Pair } from './node.ts';
export { parseMapping } from './parse.ts';
export { commentAround, type Token, tokenAt } from './token.ts';
