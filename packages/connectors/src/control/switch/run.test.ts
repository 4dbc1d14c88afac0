import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { switchNode } from './manifest.ts';
import { runSwitch } from './run.ts';

describe('switch', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(switchNode, runSwitch, one)).toMatchObject(one.expect);
  });
});
