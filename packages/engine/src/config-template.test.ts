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
    const config = await fillTemplate(templateOf({ url: '= nothing' }, schema), () => undefined);
    expect(config).not.toHaveProperty('url');
    expect(() => checkConfig(config, schema)).toThrow(
      expect.objectContaining({ code: 'CONFIG_MISSING', details: { what: 'url' } }),
    );
    expect(() => checkConfig({ url: 7 }, schema)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});
