import { describe, expect, it } from 'vitest';
import { extractPart } from './flow-part.ts';
import { parsePart } from './part-text.ts';
import { serialiseFlow } from './serialise-flow.ts';
import { sampleFlow } from './testing/sample-flow.ts';

const part = extractPart(sampleFlow(), ['map', 'erp']);
const text = serialiseFlow(part);

describe('parsePart', () => {
  it.each([
    ['as it was copied', text],
    ['with words around it', `Hello,\n\nthis is the mapping:\n${text}\nBest regards\n`],
    ['quoted in a mail', `On Monday Ada wrote:\n${text.replace(/^/gm, '> ')}`],
    ['with spaces that do not break', text.replace(/^ +/gm, (spaces) => '\u00a0'.repeat(spaces.length))],
    ['with the line ends of Windows', text.replaceAll('\n', '\r\n')],
  ])('reads a part %s', (_how, pasted) => {
    expect(parsePart(pasted)).toEqual(part);
  });

  it('reads a whole flow file', () => {
    expect(parsePart(serialiseFlow(sampleFlow()))).toEqual(sampleFlow());
  });

  it.each([
    ['Please call me back', 'DATA_MALFORMED'],
    ['', 'DATA_MALFORMED'],
    ['{ "nodes": [', 'DATA_MALFORMED'],
    ['{ "orderNo": 4711 }', 'FLOW_INVALID'],
    ['{ "formatVersion": 99 }', 'FLOW_FORMAT_UNSUPPORTED'],
    [text.replace('"config": {', '"config": { "__proto__": {}, '), 'DATA_FORBIDDEN_KEY'],
  ])('refuses %j as %s', (pasted, code) => {
    expect(() => parsePart(pasted)).toThrow(expect.objectContaining({ code }));
  });
});
