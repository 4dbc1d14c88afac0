import { startNatsCluster, startNatsServer, type TestNatsCluster, type TestNatsServer } from '@crossdock/bus/testing';
import { type BusView, viewBus } from './bus-view.ts';
import { type Fleet, type FleetOptions, startFleet } from './fleet.ts';
import { type Oracle, startOracle } from './oracle.ts';
import { seed } from './size.ts';

/** NATS, the oracle, a fleet on both, and a look at the streams. */
export interface Stage<Nats = TestNatsServer> {
  readonly nats: Nats;
  readonly oracle: Oracle;
  readonly fleet: Fleet;
  readonly view: BusView;
  /** Ends every process that was started for it. */
  clear(): Promise<void>;
}

type Options = Partial<FleetOptions>;

/** Starts everything on one nats-server; what was started is ended again when something does not come up. */
export function setStage(options: Options = {}): Promise<Stage> {
  return build(startNatsServer, ({ url }) => ({ natsUrl: url, ...options }));
}

/** The same on a cluster of three nats-servers, with three copies of every stream. */
export function setClusterStage(options: Options = {}): Promise<Stage<TestNatsCluster>> {
  return build(startNatsCluster, ({ urls }) => ({ natsUrl: urls, replicas: 3, ...options }));
}

async function build<Nats extends { stop(): Promise<void> }>(
  startNats: () => Promise<Nats>,
  optionsFor: (nats: Nats) => Options & { natsUrl: string },
): Promise<Stage<Nats>> {
  const endings: (() => Promise<void>)[] = [];
  const clear = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end().catch((error: unknown) => console.error(error));
  };
  try {
    const nats = await startNats();
    endings.push(() => nats.stop());
    const oracle = await startOracle(seed);
    endings.push(() => oracle.stop());
    const options = optionsFor(nats);
    const fleet = await startFleet({ oraclePort: oracle.port, ...options });
    endings.push(() => fleet.stop());
    const view = await viewBus(options.natsUrl.split(','));
    endings.push(() => view.close());
    return { nats, oracle, fleet, view, clear };
  } catch (error) {
    await clear();
    throw error;
  }
}
