import type { NodeManifest } from '@crossdock/connector-sdk';
import { join } from './control/join/manifest.ts';
import { split } from './control/split/manifest.ts';
import { stop } from './control/stop/manifest.ts';
import { switchNode } from './control/switch/manifest.ts';
import { wait } from './control/wait/manifest.ts';
import { transform } from './data/transform/manifest.ts';
import { validate } from './data/validate/manifest.ts';
import { eventEmit } from './event/emit/manifest.ts';
import { eventReceived } from './event/received/manifest.ts';
import { flowCall } from './flow/call/manifest.ts';
import { flowCalled } from './flow/called/manifest.ts';
import { httpRequest } from './http/request/manifest.ts';
import { natsPublish } from './nats/publish/manifest.ts';
import { natsSubscribe } from './nats/subscribe/manifest.ts';
import { odooCall } from './odoo/call/manifest.ts';
import { odooChanged } from './odoo/changed/manifest.ts';
import { odooConfirmOrder } from './odoo/confirm-order/manifest.ts';
import { odooCreateInvoice } from './odoo/create-invoice/manifest.ts';
import { odooNote } from './odoo/note/manifest.ts';
import { odooRead } from './odoo/read/manifest.ts';
import { odooSearch } from './odoo/search/manifest.ts';
import { odooUpsert } from './odoo/upsert/manifest.ts';
import { odooValidateTransfer } from './odoo/validate-transfer/manifest.ts';
import { schedule } from './schedule/trigger/manifest.ts';
import { statusMap } from './status/map/manifest.ts';
import { respond } from './webhook/respond/manifest.ts';
import { webhook } from './webhook/trigger/manifest.ts';
import { xrefLink } from './xref/link/manifest.ts';
import { xrefRelease } from './xref/release/manifest.ts';
import { xrefReserve } from './xref/reserve/manifest.ts';

export {
  carrierOf,
  factsOf,
  type HookConfig,
  hookCurl,
  SCHEME_NAMES,
  SCHEMES,
  type Scheme,
  type SchemeFacts,
  schemeOf,
} from '@crossdock/signatures/schemes';
export { connectionTypes, connectionTypesByName } from './connection-types.ts';
export { nodeTypesMarkdown } from './docs.ts';
export type { EventReceivedConfig } from './event/received/manifest.ts';
export { httpConnection } from './http/connection/manifest.ts';
export { smtpConnection } from './mail/connection/manifest.ts';
export { OWN_SUBJECT_TOKENS, subjectIn } from './nats/subject.ts';
export type { NatsSubscribeConfig } from './nats/subscribe/manifest.ts';
export { errorsOf, examplesOf, type NodePage, nodePage, type PageError, type PageSetting } from './node-page.ts';
export type { OdooChangedConfig } from './odoo/changed/manifest.ts';
export type { ScheduleConfig } from './schedule/trigger/manifest.ts';
export { HOOK_SECRET, hookSecretConnection } from './webhook/connection/manifest.ts';

/** Every node type, in the order of the palette. */
export const manifests = [
  webhook,
  schedule,
  natsSubscribe,
  eventReceived,
  odooChanged,
  flowCalled,
  transform,
  validate,
  switchNode,
  split,
  join,
  wait,
  respond,
  stop,
  httpRequest,
  odooSearch,
  odooRead,
  odooUpsert,
  odooConfirmOrder,
  odooValidateTransfer,
  odooCreateInvoice,
  odooNote,
  odooCall,
  flowCall,
  natsPublish,
  eventEmit,
  statusMap,
  xrefReserve,
  xrefLink,
  xrefRelease,
] as const;

export const manifestsByType: ReadonlyMap<string, NodeManifest> = new Map(
  manifests.map((manifest) => [manifest.type, manifest]),
);
