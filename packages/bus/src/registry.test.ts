import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bus } from './bus.ts';
import { connectBus } from './connect.ts';
import { deployFlow } from './testing/fixtures.ts';
import { startNatsServer, type TestNatsServer } from './testing/index.ts';

let server: TestNatsServer;
let writer: Bus;
let reader: Bus;

beforeAll(async () => {
  server = await startNatsServer();
  writer = await connectBus({ servers: server.url, replicas: 1, name: 'writer' });
  reader = await connectBus({ servers: server.url, replicas: 1, name: 'reader' });
});
afterAll(async () => {
  await writer.close();
  await reader.close();
  await server.stop();
});

const deployed = (bus: Bus) =>
  bus.registry
    .deployments()
    .map(({ flowId }) => flowId)
    .sort();

describe('the registry', () => {
  it('shows a change to its writer at once and to others within a second', async () => {
    const heard: number[] = [];
    const end = reader.registry.onDeployments((all) => heard.push(all.length));
    await deployFlow(writer, 'one');
    expect(deployed(writer)).toEqual(['one']);
    await expect.poll(() => deployed(reader), { timeout: 1_000, interval: 20 }).toEqual(['one']);
    expect(heard.at(-1)).toBe(1);
    end();
    await writer.registry.deactivate('dev', 'one');
    expect(deployed(writer)).toEqual([]);
    await expect.poll(() => deployed(reader), { timeout: 1_000, interval: 20 }).toEqual([]);
  });

  it('finds a revision as soon as it is there', async () => {
    expect(await reader.registry.getRevision('one', 99)).toBeUndefined();
    const flow = { formatVersion: 1 as const, id: 'one', name: 'Größe', nodes: [], edges: [] };
    await writer.registry.putRevision('one', 99, flow);
    expect(await reader.registry.getRevision('one', 99)).toEqual(flow);
  });

  it('shows the variables of each environment', async () => {
    expect(reader.registry.variables('dev')).toEqual({});
    await writer.registry.putVariables('dev', { erpUrl: 'http://erp' });
    await expect
      .poll(() => reader.registry.variables('dev'), { timeout: 1_000, interval: 20 })
      .toEqual({
        erpUrl: 'http://erp',
      });
    expect(reader.registry.variables('prod')).toEqual({});
  });

  it('shows what was there before it opened, and what changed while the server was away', async () => {
    await deployFlow(writer, 'two');
    await deployFlow(writer, 'three');
    const late = await connectBus({ servers: server.url, replicas: 1, name: 'late' });
    expect(deployed(late)).toEqual(['three', 'two']);
    await server.kill();
    await expect(writer.registry.deactivate('dev', 'two')).rejects.toMatchObject({ code: 'SYSTEM_BUS_UNAVAILABLE' });
    expect(deployed(late)).toEqual(['three', 'two']);
    await server.restart();
    await expect
      .poll(
        () =>
          writer.registry.deactivate('dev', 'two').then(
            () => true,
            () => false,
          ),
        { timeout: 10_000 },
      )
      .toBe(true);
    for (const bus of [writer, reader, late])
      await expect.poll(() => deployed(bus), { timeout: 10_000 }).toEqual(['three']);
    await late.close();
  });
});
