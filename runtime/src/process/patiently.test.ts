import { FlowError } from '@crossdock/errors';
import { describe, expect, test } from 'vitest';
import { openLog } from '../log.ts';
import { patiently } from './patiently.ts';

const { log } = openLog('silent');

describe('patiently', () => {
  test('opens again what is not there yet', async () => {
    let tries = 0;
    const opened = await patiently(
      'NATS',
      async () => {
        if (++tries < 2) throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
        return 'open';
      },
      { log, isStopping: () => false },
    );
    expect([opened, tries]).toEqual(['open', 2]);
  });

  test('gives up at once what no waiting mends', async () => {
    const open = async () => {
      throw new FlowError('CONFIG_INVALID', { details: { what: 'the NATS credentials file', reason: 'gone' } });
    };
    await expect(patiently('NATS', open, { log, isStopping: () => false })).rejects.toThrow('credentials file');
  });

  test('ends when the process stops', async () => {
    const open = async () => {
      throw new FlowError('SYSTEM_BUS_UNAVAILABLE');
    };
    expect(await patiently('NATS', open, { log, isStopping: () => true })).toBeUndefined();
  });
});
