import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { transform } from './manifest.ts';
import { runTransform } from './run.ts';

describe('transform', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(transform, runTransform, one)).toMatchObject(one.expect);
  });
});
