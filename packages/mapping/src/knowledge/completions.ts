import { kindsOf } from '../shape/index.ts';
import type { Completion, Ranked } from './completion.ts';
import { type Cursor, cursorAt } from './cursor.ts';
import { expectedKinds, fits } from './expected-kinds.ts';
import { fieldFacts, objectIn } from './field-facts.ts';
import { fieldText } from './field-text.ts';
import { callSnippet, functionDocs, functionType, signatureText } from './function-text.ts';
import { CONTEXT_VARIABLES, GIVEN_VARIABLES } from './given-variables.ts';
import { KNOWN_FUNCTIONS } from './known-functions.ts';
import type { MappingShapes } from './mapping-shapes.ts';
import { stringCompletions } from './string-completions.ts';
import { typeText } from './type-text.ts';

/**
 * What may be written at `offset`, the likeliest first: what begins like what is written there, then what fits by type, then what most
 * samples have. A half-typed mapping has them too. Never throws.
 */
export function completionsAt(source: string, offset: number, shapes: MappingShapes = {}): Completion[] {
  try {
    const cursor = cursorAt(source, Math.max(0, Math.min(offset, source.length)), shapes);
    if (!cursor) return [];
    const begun = cursor.begun.toLowerCase();
    return ranked(cursor, shapes)
      .map(({ completion, rank }) => ({ completion, rank: rank + matchRank(completion.label, begun) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ completion }) => completion);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

const NO_MATCH = 1000;

function matchRank(label: string, begun: string): number {
  const name = label.replace(/^\$/, '').toLowerCase();
  if (begun === '' || name.startsWith(begun)) return 0;
  return name.includes(begun) ? NO_MATCH / 2 : NO_MATCH;
}

function ranked(cursor: Cursor, shapes: MappingShapes): Ranked[] {
  const node = cursor.path.at(-1);
  const parent = cursor.path.at(-2);
  if (cursor.kind === 'string') return stringCompletions(cursor, shapes);
  if (cursor.kind === 'operator') return keywords(cursor, ['and', 'or', 'in']);
  // The names of parameters and of variables behind `@` and `#` are the author's own.
  const isNaming =
    (parent?.kind === 'lambda' && parent.body !== node) ||
    ((parent?.kind === 'focus' || parent?.kind === 'position') && parent.variable === node);
  if (isNaming || !node) return [];
  const isStep = parent?.kind === 'path' && parent.step === node;
  if (cursor.kind === 'variable') return [...variables(cursor), ...functions(cursor)];
  if (isStep) return fields(cursor);
  return [
    ...fields(cursor),
    ...variables(cursor),
    ...functions(cursor),
    ...keywords(cursor, ['true', 'false', 'null', 'function']),
  ];
}

function fields(cursor: Cursor): Ranked[] {
  const facts = cursor.facts.of(cursor.path.at(-1) as Cursor['path'][number]);
  const object = facts && objectIn(facts.context.typed);
  if (!object) return [];
  const expected = expectedKinds(cursor);
  return [...object.fields].map(([name, field], at) => {
    const { type, example, documentation, presence, shape } = fieldFacts(object, name, field);
    const fit = fits(kindsOf(shape), expected) ? 0 : 20;
    const { from, to } = cursor;
    return {
      rank: fit + (1 - presence) * 10 + at / 10_000,
      completion: {
        ...{ kind: 'field' as const, label: name, type, insert: fieldText(name), from, to },
        ...(example === undefined ? {} : { detail: example }),
        ...(documentation === undefined ? {} : { documentation }),
      },
    };
  });
}

function variables(cursor: Cursor): Ranked[] {
  const { facts, path, from, to } = cursor;
  const here = facts.of(path.at(-1) as Cursor['path'][number]);
  if (!here) return [];
  const expected = expectedKinds(cursor);
  const own = [...here.scope.visible()]
    .filter(({ node }) => !node || node.from < from)
    .map(({ name, typed, origin }, at) => {
      const documentation = origin === 'given' ? GIVEN_VARIABLES.get(name) : undefined;
      return {
        rank: 30 + at / 100 + (fits(kindsOf(typed.item), expected) ? 0 : 20),
        completion: {
          ...{ kind: 'variable' as const, label: `$${name}`, type: typeText(typed), insert: `$${name}`, from, to },
          ...(documentation === undefined ? {} : { documentation }),
        },
      };
    });
  const context = [...CONTEXT_VARIABLES].map(([name, documentation]) => {
    const typed = name === '' ? here.context.typed : facts.rootTyped;
    const insert = `$${name}`;
    return {
      rank: 32,
      completion: { kind: 'variable' as const, label: insert, type: typeText(typed), documentation, insert, from, to },
    };
  });
  return [...own, ...context];
}

function functions(cursor: Cursor): Ranked[] {
  const { path, facts, from, to } = cursor;
  const node = path.at(-1);
  const parent = path.at(-2);
  const expected = expectedKinds(cursor);
  const isChained = parent?.kind === 'binary' && parent.operator === '~>' && parent.right === node;
  const isCalled = parent?.kind === 'call' && parent.callee === node;
  const scope = node && facts.of(node)?.scope;
  return [...KNOWN_FUNCTIONS.values()]
    .filter(({ name }) => !scope?.get(name))
    .map((known, at) => {
      const insert = `$${known.name}`;
      const doesFit = !expected || known.result === 'any' || expected.includes(known.result);
      return {
        rank: 40 + at / 1000 + (doesFit ? 0 : 20),
        completion: {
          ...{ kind: 'function' as const, label: insert, type: known.result, detail: signatureText(known) },
          documentation: [`\`${functionType(known)}\``, functionDocs(known)].join('\n\n'),
          insert: isCalled ? insert : `${insert}()`,
          ...(isCalled ? {} : { snippet: callSnippet(known, isChained ? 1 : 0) }),
          ...{ from, to },
        },
      };
    });
}

const KEYWORD_DOCS: Readonly<Record<string, string>> = {
  and: 'True when both operands are.',
  or: 'True when one of the operands is.',
  in: 'True when the left value is among those on the right.',
  function: 'A function of your own.',
};

function keywords({ from, to }: Cursor, words: readonly string[]): Ranked[] {
  return words.map((word, at) => {
    const documentation = KEYWORD_DOCS[word];
    return {
      rank: 60 + at,
      completion: {
        ...{ kind: 'keyword' as const, label: word, from, to },
        type: word === 'function' ? 'function' : word === 'null' ? 'null' : 'boolean',
        insert: word,
        ...(documentation === undefined ? {} : { documentation }),
        ...(word === 'function' ? { snippet: 'function(\\$${1:value}) { $0 }' } : {}),
      },
    };
  });
}
