import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { validate } from './manifest.ts';
import { runValidate } from './run.ts';

describe('validate', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(validate, runValidate, one)).toMatchObject(one.expect);
  });
});
