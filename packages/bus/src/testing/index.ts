export { decodeSnapshot } from '../journal-codec.ts';
export { type NatsServerSearch, natsServerPath } from '../nats-server-path.ts';
export { type NatsClusterOptions, startNatsCluster, type TestNatsCluster, type TestNatsNode } from './nats-cluster.ts';
export { type NatsServerOptions, startNatsServer, type TestNatsServer } from './nats-server.ts';
export { connectOtherSystem, type OtherSystem } from './other-system.ts';
