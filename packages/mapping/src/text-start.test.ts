import { describe, expect, test } from 'vitest';
import { textStart } from './text-start.ts';

const VARS = { erpUrl: 'http://10.0.0.5', port: 8080 };

describe('what a text is known to begin with', () => {
  test.each([
    ["$vars.erpUrl & '/orders/' & id", 'http://10.0.0.5/orders/', false],
    ["($vars.erpUrl) & '/orders'", 'http://10.0.0.5/orders', true],
    ['"http://localhost/" & no & "/x"', 'http://localhost/', false],
    ['$vars.erpUrl', 'http://10.0.0.5', true],
    ['$vars.other & "/x"', '', false],
    ['$vars.port', '', false],
    ['$vars.toString', '', false],
    ['"a" + "b"', '', false],
    ['$vars.erpUrl &', '', false],
    ['host', '', false],
  ])('%s', (source, text, isWhole) => {
    expect(textStart(source, VARS)).toEqual({ text, isWhole });
  });
});
