import { isFlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { compileMapping } from '../mapping.ts';
import {
  EXAMPLE_CLOCK,
  FUNCTION_CATALOGUE,
  FUNCTION_GROUPS,
  type FunctionExample,
  functionsMarkdown,
} from './catalogue/index.ts';
import { crossReferenceFunction, nativeFunctions, referenceFunction } from './index.ts';

const UNITS: Readonly<Record<string, string>> = { EA: 'PCE' };
const functions = {
  ref: referenceFunction(async (_table, key) => UNITS[key]),
  xref: crossReferenceFunction(async ({ id }) => (id === '12' ? ['7'] : [])),
};

async function outcomeOf({ expression, input }: FunctionExample): Promise<unknown> {
  try {
    return await compileMapping(expression, { functions }).evaluate(input, {}, EXAMPLE_CLOCK);
  } catch (error) {
    if (!isFlowError(error)) throw error;
    return { fails: error.details.code ?? error.code };
  }
}

describe('the catalogue of functions', () => {
  test.each(FUNCTION_CATALOGUE.flatMap(({ name, examples }) => examples.map((example) => ({ name, example }))))(
    'tells what $name gives: $example.expression',
    async ({ example }) => {
      const expected = example.fails === undefined ? example.result : { fails: example.fails };
      expect(await outcomeOf(example)).toEqual(expected);
    },
  );

  test('has each function once, with an example, and no other', () => {
    const names = FUNCTION_CATALOGUE.map(({ name }) => name);
    expect(names.toSorted()).toEqual([...nativeFunctions.keys(), 'eval'].toSorted());
    expect(FUNCTION_CATALOGUE.filter(({ examples }) => examples.length === 0)).toEqual([]);
  });

  test.each(FUNCTION_CATALOGUE.filter(({ name }) => name !== 'eval'))(
    'has the parameters of $name as its signature has them',
    ({ name, params }) => {
      const native = nativeFunctions.get(name);
      const inner =
        (native?.signature ?? '')
          .slice(1, -1)
          .replace(/<[^>]*>/g, '')
          .split(':')[0] ?? '';
      const marks = [...inner.matchAll(/(\([^)]*\)|\w)([-?+]*)/g)].map(([, , mark = '']) => mark);
      const stated = params.map(({ optional, takesContext, repeats }) =>
        takesContext ? '-' : optional ? '?' : repeats ? '+' : '',
      );
      // A function that the reference lets be left out, and then cannot do without.
      expect(stated).toEqual(name === 'sift' ? ['-', ''] : marks);
    },
  );

  test('becomes the page of the functions', () => {
    const page = functionsMarkdown(FUNCTION_GROUPS);
    expect(page).toContain('### $decimalAdd');
    expect(page).toContain('`$substring(text: string, start: number, length?: number)` → string');
  });
});
