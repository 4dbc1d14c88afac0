import { expectedShapes, inferFacts, type MappingShapes } from '../knowledge/index.ts';
import { childrenOf, type Node, parseMapping } from '../syntax/index.ts';
import type { Finding, Linted, Rule } from './finding.ts';
import { arrayOrSingle, indexPerItem } from './rules/arrays.ts';
import { argumentCount, missingDollarCall, unknownFunction } from './rules/calls.ts';
import { comparison, undefinedName } from './rules/comparisons.ts';
import { constantCondition } from './rules/conditions.ts';
import { unknownField } from './rules/fields.ts';
import { operands } from './rules/operands.ts';
import { requiredFields } from './rules/required-fields.ts';
import { unusedResult } from './rules/results.ts';
import { unknownVariable, variableFindings } from './rules/variables.ts';

const RULES: readonly Rule[] = [
  arrayOrSingle,
  indexPerItem,
  argumentCount,
  missingDollarCall,
  unknownFunction,
  comparison,
  undefinedName,
  constantCondition,
  unknownField,
  operands,
  requiredFields,
  unusedResult,
  unknownVariable,
];

/**
 * What is likely not meant in a mapping, in the order of its text. Knows the more the more `shapes` tell; without them it reports only
 * what is so for every payload. A source that JSONata refuses has none: `checkMapping` says what is wrong with it.
 */
export function lintMapping(source: string, shapes: MappingShapes = {}): Finding[] {
  try {
    const tree = parseMapping(source);
    if (!tree.isWhole) return [];
    const linted = linting(source, tree.root, shapes);
    const findings = linted.nodes.flatMap((node) => RULES.flatMap((rule) => [...rule(node, linted)]));
    findings.push(...variableFindings(linted));
    const seen = new Set<string>();
    return findings
      .sort((a, b) => a.from - b.from || a.to - b.to)
      .filter(({ code, from, to }) => {
        const key = `${code} ${from} ${to}`;
        return seen.has(key) ? false : seen.add(key);
      });
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function linting(source: string, root: Node, shapes: MappingShapes): Linted {
  const parents = new Map<Node, Node>();
  const nodes: Node[] = [root];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as Node;
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      nodes.push(child);
    }
  }
  const facts = inferFacts(root, shapes);
  const expected = expectedShapes(root, shapes.output);
  return {
    ...{ source, shapes, root, facts, nodes },
    parentOf: (node) => parents.get(node),
    factsOf: (node) => facts.of(node),
    expectedAt: (node) => expected.get(node),
    textOf: ({ from, to }) => source.slice(from, to),
  };
}
