import type { ConfigSchema } from '@crossdock/flow-model';
import { describe, expect, it } from 'vitest';
import { checkConfig, fillTemplate, templateOf } from './config-template.ts';

const schema: ConfigSchema = {
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', 'x-expression': true },
    method: { type: 'string', default: 'POST' },
    headers: { type: 'object', default: {}, additionalProperties: { type: 'string', 'x-expression': true } },
    body: { 'x-expression': true, default: '= $' },
    note: { type: 'string' },
    cases: {
      type: 'array',
      items: { type: 'object', properties: { when: { 'x-mapping': true }, limit: { default: 1 } } },
    },
  },
};

const fill = (config: object) => fillTemplate(templateOf(config, schema), (source) => `<${source.trim()}>`);

describe('a config template', () => {
  it('fills defaults, and evaluates them where they are expressions', async () => {
    expect(await fill({ url: 'http://x' })).toEqual({ url: 'http://x', method: 'POST', headers: {}, body: '<$>' });
  });

  it('takes = for an expression only where the schema says so', async () => {
    expect(await fill({ url: '= a', note: '= b', headers: { 'x-a': '=c', 'x-b': 'd' }, body: null })).toEqual({
      url: '<a>',
      method: 'POST',
      note: '= b',
      headers: { 'x-a': '<c>', 'x-b': 'd' },
      body: null,
    });
  });

  it('looks for expressions in whatever lies inside a field with the hint', async () => {
    expect(await fill({ url: '', body: { order: { no: '= name', lines: ['= l', 'plain'] } } })).toMatchObject({
      body: { order: { no: '<name>', lines: ['<l>', 'plain'] } },
    });
  });

  it('fills defaults inside lists and leaves mappings to the node', async () => {
    expect(await fill({ url: '', cases: [{ when: '=x' }, { limit: 2 }] })).toMatchObject({
      cases: [{ when: '=x', limit: 1 }, { limit: 2 }],
    });
  });

  it('leaves out what evaluates to nothing, and names a field that is missing or wrong', async () => {
    const template = templateOf({ url: '= nothing' }, schema);
    const config = await fillTemplate(template, () => undefined);
    expect(config).not.toHaveProperty('url');
    expect(() => checkConfig(config, template, schema)).toThrow(missing('url'));
    expect(() => checkConfig({ url: 7 }, template, schema)).toThrow(wrong('url'));
  });

  it('names what is missing or wrong also after configs that were right', () => {
    const template = templateOf({ url: '= a', headers: { 'x-a': '=c' }, body: '= $' }, schema);
    const right = { url: 'u', method: 'POST', headers: { 'x-a': 'c' }, body: { any: ['thing'] } };
    for (let times = 0; times < 2; times++) {
      checkConfig(right, template, schema);
      checkConfig({ url: 'u', method: 'POST' }, template, schema);
      expect(() => checkConfig({ ...right, url: 7 }, template, schema)).toThrow(wrong('url'));
      expect(() => checkConfig({ method: 'POST' }, template, schema)).toThrow(missing('url'));
      expect(() => checkConfig({ ...right, headers: { 'x-a': 1 } }, template, schema)).toThrow(wrong('headers.x-a'));
    }
  });

  it('looks at every field where the schema says something of all of them together', () => {
    const narrow: ConfigSchema = { ...schema, maxProperties: 2 };
    const template = templateOf({ url: '= a', method: 'POST', note: '= $' }, narrow);
    checkConfig({ url: 'u', method: 'POST' }, template, narrow);
    expect(() => checkConfig({ url: 'u', method: 'POST', body: 1 }, template, narrow)).toThrow(wrong(''));
  });
});

const missing = (what: string) => expect.objectContaining({ code: 'CONFIG_MISSING', details: { what } });
const wrong = (what: string) =>
  expect.objectContaining({ code: 'CONFIG_INVALID', details: expect.objectContaining({ what }) });
