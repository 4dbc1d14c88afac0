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

  it('shows the connections of each environment', async () => {
    const erp = { id: 'c1', env: 'dev', name: 'erp', type: 'http', version: 1, settings: {}, sealed: null };
    let heard = 0;
    const end = reader.registry.onConnections(() => heard++);
    await writer.registry.putConnection(erp);
    await expect.poll(() => reader.registry.connection('dev', 'erp'), { timeout: 5_000, interval: 20 }).toEqual(erp);
    expect(reader.registry.connection('prod', 'erp')).toBeUndefined();
    await writer.registry.putConnection({ ...erp, version: 2 });
    await expect.poll(() => reader.registry.connections(), { timeout: 5_000 }).toEqual([{ ...erp, version: 2 }]);
    await writer.registry.deleteConnection('dev', 'erp');
    await expect.poll(() => reader.registry.connections(), { timeout: 5_000 }).toEqual([]);
    expect(heard).toBe(3);
    end();
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
