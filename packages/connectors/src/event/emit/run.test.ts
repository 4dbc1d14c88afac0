import { type NodeCase, runCase } from '@crossdock/connector-sdk/testing';
import { describe, expect, test } from 'vitest';
import cases from './cases.json' with { type: 'json' };
import { eventEmit } from './manifest.ts';
import { runEventEmit } from './run.ts';

describe('event.emit', () => {
  test.each(cases as NodeCase[])('$title', async (one) => {
    expect(await runCase(eventEmit, runEventEmit, one)).toMatchObject(one.expect);
  });
});
