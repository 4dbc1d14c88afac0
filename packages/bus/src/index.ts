export type {
  Acceptance,
  ActiveDeployment,
  Bus,
  ExecutionReader,
  FeedRecord,
  NewTrigger,
  RecordFeed,
  Registry,
  TriggerStore,
} from './bus.ts';
