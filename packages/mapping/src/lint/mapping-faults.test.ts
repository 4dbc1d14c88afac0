import { expect, test } from 'vitest';
import { mappingFaults } from './mapping-faults.ts';

const faultsOf = (source: string) => mappingFaults(source).map(({ code, from }) => [code, from]);

test('tells what fails whatever arrives, in the order of the text', () => {
  expect(faultsOf('{ "a": $summ(lines.qty), "b": $frobnicate(a), "c": $substring() }')).toEqual([
    ['UNKNOWN_FUNCTION', 7],
    ['UNKNOWN_FUNCTION', 30],
    ['WRONG_ARGUMENT_COUNT', 51],
  ]);
});

test('leaves out what hangs on the data, and what the mapping has itself', () => {
  expect(faultsOf('( $f := function($x) { $x.a + $vars.rate }; $f(lines)[0] & $meta.flowId & $uuid() )')).toEqual([]);
  expect(faultsOf('a )')).toEqual([]);
});
