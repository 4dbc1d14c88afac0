import type { Code } from '../run/code.ts';
import { asSequence, collapsed, kept } from '../run/sequence.ts';
import { arrayCode, rangeCode } from './arrays.ts';
import type { AstNode } from './ast-node.ts';
import { blockCode } from './blocks.ts';
import { callCode } from './calls.ts';
import { chainingCode } from './chaining.ts';
import { equalityCode, includesCode, orderCode } from './comparison.ts';
import { filterCode } from './filter.ts';
import { groupCode, listOf } from './groups.ts';
import { lambdaCode } from './lambdas.ts';
import { literalCode } from './literals.ts';
import { conditionCode, logicCode } from './logic.ts';
import { keptNameCode, nameCode } from './names.ts';
import { negationCode, numericCode } from './numeric.ts';
import { objectCode } from './objects.ts';
import { partialCode } from './partials.ts';
import { pathCode } from './path.ts';
import type { Place } from './place.ts';
import { regexCode } from './regexes.ts';
import { concatenationCode } from './text.ts';
import { transformCode } from './transforms.ts';
import { makesTuples, streamFilterCode } from './tuple-path.ts';
import { bindCode, lookupCode, variableCode } from './variables.ts';
import { descendantCode, wildcardCode } from './wildcards.ts';

/** What gives a sequence that has yet to collapse. All others give values, or collapse what they find themselves. */
const OPEN_TYPES = new Set(['wildcard', 'descendant', 'function', 'apply']);

/** The code of one node, with what stands behind it: filters, a group-by, `[]`. */
export function compileNode(node: AstNode, place: Place): Code {
  if (makesTuples(node) && !place.takesTuples)
    place.program.leave('% behind parentheses', 'what they find leaves its path');
  let code = nodeCode(node, place);
  let isOpen = OPEN_TYPES.has(node.type) || (node.type === 'binary' && node.value === '..');
  for (const { expr } of node.predicate ?? []) {
    code = makesTuples(node)
      ? streamFilterCode(code, expr as AstNode, node, place)
      : filterCode(code, expr as AstNode, place);
    isOpen = true;
  }
  if (node.group && node.type !== 'path') {
    code = groupedCode(code, node, place);
    isOpen = false;
  }
  if (!makesTuples(node) && node.type !== 'path') code = closedCode(code, isOpen, node);
  return place.unit.isCounted ? countedCode(code, place.depth) : code;
}

function closedCode(code: Code, isOpen: boolean, { keepArray, predicate, group }: AstNode): Code {
  if (!keepArray) return isOpen ? (input, frame, run) => collapsed(code(input, frame, run)) : code;
  // A filter leaves a value that is no array for the sequence of it.
  if (predicate && !group) return (input, frame, run) => kept(sequenceOf(code(input, frame, run)));
  return (input, frame, run) => kept(code(input, frame, run));
}

const sequenceOf = (value: unknown): unknown => (Array.isArray(value) ? value : asSequence([value]));

function groupedCode(code: Code, node: AstNode, place: Place): Code {
  const group = groupCode(node.group as NonNullable<AstNode['group']>, place);
  return (input, frame, run) => group(listOf(code(input, frame, run)), frame, run);
}

/** Checks the limit of depth, where it can be reached. */
function countedCode(code: Code, depth: number): Code {
  return (input, frame, run) => {
    if (run.depth + depth > run.maxDepth) throw { code: 'D1011', value: run.maxDepth };
    return code(input, frame, run);
  };
}

function nodeCode(node: AstNode, place: Place): Code {
  switch (node.type) {
    case 'path':
      return pathCode(node, place);
    case 'name':
      return node.keepArray ? keptNameCode(node.value as string) : nameCode(node.value as string);
    case 'string':
    case 'number':
    case 'value':
      return literalCode(node);
    case 'variable':
      return variableCode(node.value as string, place);
    case 'parent':
      return lookupCode((node.slot as { label: string }).label, place);
    case 'wildcard':
      return wildcardCode;
    case 'descendant':
      return descendantCode;
    case 'binary':
      return binaryCode(node, place);
    case 'unary':
      return unaryCode(node, place);
    case 'condition':
      return conditionCode(node, place);
    case 'block':
      return blockCode(node, place);
    case 'bind':
      return bindCode(node, place);
    case 'function':
      return callCode(node, place);
    case 'partial':
      return partialCode(node, place);
    case 'lambda':
      return lambdaCode(node, place);
    case 'apply':
      return chainingCode(node, place);
    case 'transform':
      return transformCode(node, place);
    case 'regex':
      return regexCode(node);
    default:
      // The reference finds nothing there.
      return () => undefined;
  }
}

function binaryCode(node: AstNode, place: Place): Code {
  switch (node.value) {
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return numericCode(node, place);
    case '=':
    case '!=':
      return equalityCode(node, place);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return orderCode(node, place);
    case '&':
      return concatenationCode(node, place);
    case 'and':
    case 'or':
      return logicCode(node, place);
    case 'in':
      return includesCode(node, place);
    case '..':
      return rangeCode(node, place);
    default:
      return place.program.leave(`the operator ${String(node.value)}`, 'it is not known');
  }
}

function unaryCode(node: AstNode, place: Place): Code {
  if (node.value === '-') return negationCode(node, place);
  return node.value === '[' ? arrayCode(node, place) : objectCode(node, place);
}
