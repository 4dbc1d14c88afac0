import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oddPattern, regexFlags, regexText, regularPattern } from '../testing/regexes.ts';
import { LinearMatcher, type Span } from './linear-matcher.ts';
import { parseRegex } from './parse-regex.ts';
import { PikeMachine } from './pike.ts';
import { compileProgram } from './regex-program.ts';

const runs = { numRuns: Number(process.env.REGEX_RUNS ?? 1000) };
const free = () => undefined;
const parse = (pattern: string, flags: string) =>
  parseRegex(pattern, { ignoreCase: flags.includes('i'), multiline: flags.includes('m'), dotAll: flags.includes('s') });

interface Found {
  index: number;
  texts: (string | undefined)[];
}

function native(pattern: string, flags: string, text: string, from: number): Found | undefined {
  const regex = new RegExp(pattern, `${flags}g`);
  regex.lastIndex = from;
  const found = regex.exec(text);
  return found ? { index: found.index, texts: [...found] } : undefined;
}

function shown(text: string, span: Span | undefined): Found | undefined {
  if (!span) return undefined;
  const texts = Array.from({ length: span.length / 2 }, (_, group) =>
    span[group * 2 + 1]! < 0 ? undefined : text.slice(span[group * 2]!, span[group * 2 + 1]!),
  );
  return { index: span[0]!, texts };
}

function linear(pattern: string, flags: string, text: string, from: number): Found | undefined {
  const matcher = new LinearMatcher(parse(pattern, flags));
  const found = matcher.find(text, from, free) as Span | undefined;
  return shown(text, found && matcher.groups(text, found[0]!, found[1]!, free));
}

const sample = fc.tuple(regexText, fc.nat(10)).map(([text, from]) => ({ text, from: Math.min(from, text.length) }));

describe('the linear matcher', () => {
  test('finds what the native one finds', () => {
    fc.assert(
      fc.property(regularPattern, regexFlags, fc.array(sample, { maxLength: 5 }), (pattern, flags, samples) => {
        for (const { text, from } of samples)
          expect(linear(pattern, flags, text, from)).toEqual(native(pattern, flags, text, from));
      }),
      runs,
    );
  });

  test('finds the same without its automata', () => {
    fc.assert(
      fc.property(regularPattern, regexFlags, sample, (pattern, flags, { text, from }) => {
        const { root, groupCount } = parse(pattern, flags);
        const found = new PikeMachine(compileProgram(root, groupCount)).search(text, from, free);
        expect(shown(text, found)).toEqual(native(pattern, flags, text, from));
      }),
      runs,
    );
  });

  test('reads odd patterns as the native one does', () => {
    fc.assert(
      fc.property(oddPattern, regexFlags, fc.array(fc.oneof(oddPattern, regexText)), (pattern, flags, texts) => {
        const tree = parse(pattern, flags);
        expect(tree.groupCount).toBe(new RegExp(`${pattern}|`).exec('')!.length - 1);
        if (tree.isIrregular) return;
        for (const text of [...texts, pattern, pattern.replaceAll('\\', '')])
          expect(linear(pattern, flags, text, 0)).toEqual(native(pattern, flags, text, 0));
      }),
      runs,
    );
  });

  test.each([
    ['\\w\\W\\d\\D\\s\\S.', ''],
    ['[\\w\\s][^\\w\\s]', 'i'],
  ])('knows for every unit what /%s/ takes', (pattern, flags) => {
    const atoms = pattern.match(/\\.|\[[^\]]*\]|\./g) ?? [];
    for (const one of atoms) {
      const matcher = new LinearMatcher(parse(`^${one}$`, flags));
      const regex = new RegExp(`^${one}$`, flags);
      for (let unit = 0; unit <= 0xffff; unit++) {
        const text = String.fromCharCode(unit);
        if ((matcher.find(text, 0, free) !== undefined) !== regex.test(text)) expect.unreachable(`${one} ${unit}`);
      }
    }
  });

  test('ignores the case of every unit as the native one does', () => {
    const all = Array.from({ length: 0x10000 }, (_, unit) => String.fromCharCode(unit));
    const changing = all.filter((unit) => unit.toUpperCase() !== unit || unit.toLowerCase() !== unit);
    for (const unit of changing) {
      const texts = [unit, unit.toUpperCase(), unit.toLowerCase()].filter((text) => text.length === 1);
      const pattern = `^${unit}$`;
      const matcher = new LinearMatcher(parse(pattern, 'i'));
      for (const text of texts)
        expect(matcher.find(text, 0, free) !== undefined).toBe(new RegExp(pattern, 'i').test(text));
    }
  });
});
