import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { natsPublish } from './manifest.ts';
import { runNatsPublish } from './run.ts';

describe('nats.publish', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(natsPublish, runNatsPublish, one)).toMatchObject(one.expect);
  });
});
