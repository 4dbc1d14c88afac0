export type { BusBackup, BusRestore, StreamPart } from './backup/bus-backup.ts';
export { openBusStores } from './backup/open-bus-stores.ts';
export type { ConsumerPosition } from './backup/positions.ts';
export type { StreamRestore } from './backup/restore-stream.ts';
export type { BlobCipher } from './blobs.ts';
export type {
  Acceptance,
  ActiveDeployment,
  Bus,
  EventFeed,
  EventReader,
  EventReaders,
  ExecutionReader,
  Feed,
  FeedRecord,
  InboundMessage,
  NewTrigger,
  PollPosition,
  PollTurn,
  PositionRecord,
  PositionStore,
  PublishedConnection,
  PublishedStatusMap,
  PublishedStatusMaps,
  RecordFeed,
  RefusalCount,
  RefusalPort,
  Registry,
  ScheduleAddress,
  SealedCredentials,
  StoredEvent,
  StoredXref,
  TickStore,
  TriggerStore,
} from './bus.ts';
export type { BusLog } from './bus-log.ts';
export { type BusOptions, connectBus } from './connect.ts';
export type { BreakerReading, BusHealth, BusReading, QueueReading, StoreReading } from './health.ts';
export { type NatsServerSearch, natsServerPath } from './nats-server-path.ts';
export { openWorkerSide } from './open-worker-side.ts';
export type { StoreLimits } from './streams.ts';
export type { WorkerSide } from './worker-side.ts';
export { openCrossReferences } from './xref/open-cross-references.ts';
export type { ReserveAnswer, XrefChange, XrefScope, XrefStore } from './xref/xref-store.ts';
