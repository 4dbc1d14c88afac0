import { startNatsServer, type TestNatsServer } from '@crossdock/bus/testing';
import { type BusView, viewBus } from './bus-view.ts';
import { type Fleet, type FleetOptions, startFleet } from './fleet.ts';
import { type Oracle, startOracle } from './oracle.ts';
import { seed } from './size.ts';

/** A nats-server, the oracle, a fleet on both, and a look at the streams. */
export interface Stage {
  readonly nats: TestNatsServer;
  readonly oracle: Oracle;
  readonly fleet: Fleet;
  readonly view: BusView;
  /** Ends every process that `setStage` started. */
  clear(): Promise<void>;
}

/** Starts everything; what was started is ended again when something does not come up. */
export async function setStage(options: Partial<FleetOptions> = {}): Promise<Stage> {
  const endings: (() => Promise<void>)[] = [];
  const clear = async (): Promise<void> => {
    for (const end of endings.toReversed()) await end().catch((error: unknown) => console.error(error));
    endings.length = 0;
  };
  try {
    const nats = await startNatsServer();
    endings.push(() => nats.stop());
    const oracle = await startOracle(seed);
    endings.push(() => oracle.stop());
    const fleet = await startFleet({ natsUrl: nats.url, oraclePort: oracle.port, ...options });
    endings.push(() => fleet.stop());
    const view = await viewBus(nats.url);
    endings.push(() => view.close());
    return { nats, oracle, fleet, view, clear };
  } catch (error) {
    await clear();
    throw error;
  }
}
