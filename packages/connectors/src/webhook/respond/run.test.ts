import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { respond } from './manifest.ts';
import { runRespond } from './run.ts';

describe('respond', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(respond, runRespond, one)).toMatchObject(one.expect);
  });
});
