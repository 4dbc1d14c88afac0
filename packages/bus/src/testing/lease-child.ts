import { connectBus } from '../connect.ts';
import { openWorkerSide } from '../open-worker-side.ts';

// A worker process for crash tests: writes one line per lease and never acks the payload "hold".
const [url = ''] = process.argv.slice(2);
const bus = await connectBus({ servers: url, replicas: 1, name: 'child' });
await openWorkerSide(bus).consumeLeases({ concurrency: 4 }, async (lease) => {
  process.stdout.write(`${lease.address.executionId}\n`);
  if ((await lease.trigger?.())?.payload === 'hold') await new Promise(() => undefined);
  lease.ack();
});
