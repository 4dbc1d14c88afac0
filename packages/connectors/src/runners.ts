import type { NodeRunner, RunnersFor } from '@crossdock/connector-sdk';
import { runSwitch } from './control/switch/run.ts';
import { runTransform } from './data/transform/run.ts';
import { runValidate } from './data/validate/run.ts';
import { runEventEmit } from './event/emit/run.ts';
import { runHttpRequest } from './http/request/run.ts';
import type { manifests } from './manifests.ts';
import { runNatsPublish } from './nats/publish/run.ts';
import { runOdooCall } from './odoo/call/run.ts';
import { runOdooConfirmOrder } from './odoo/confirm-order/run.ts';
import { runOdooCreateInvoice } from './odoo/create-invoice/run.ts';
import { runOdooNote } from './odoo/note/run.ts';
import { runOdooRead } from './odoo/read/run.ts';
import { runOdooSearch } from './odoo/search/run.ts';
import { runOdooUpsert } from './odoo/upsert/run.ts';
import { runOdooValidateTransfer } from './odoo/validate-transfer/run.ts';
import { runStatusMap } from './status/map/run.ts';
import { runRespond } from './webhook/respond/run.ts';
import { runXrefLink } from './xref/link/run.ts';
import { runXrefRelease } from './xref/release/run.ts';
import { runXrefReserve } from './xref/reserve/run.ts';

export { answerNarrowersByType } from './answer-narrowers.ts';
export { connectionChecksByType } from './connection-checks.ts';
export { connectionChoicesByType } from './connection-choices.ts';
export { credentialRotationsByType } from './credential-rotations.ts';
export { pollersByType } from './pollers.ts';

/** What runs each node type; triggers have none, nor what the engine works at itself. */
export const runners = {
  transform: runTransform,
  validate: runValidate,
  switch: runSwitch,
  'http.request': runHttpRequest,
  'odoo.search': runOdooSearch,
  'odoo.read': runOdooRead,
  'odoo.upsert': runOdooUpsert,
  'odoo.confirmOrder': runOdooConfirmOrder,
  'odoo.validateTransfer': runOdooValidateTransfer,
  'odoo.createInvoice': runOdooCreateInvoice,
  'odoo.note': runOdooNote,
  'odoo.call': runOdooCall,
  'nats.publish': runNatsPublish,
  'event.emit': runEventEmit,
  respond: runRespond,
  'status.map': runStatusMap,
  'xref.reserve': runXrefReserve,
  'xref.link': runXrefLink,
  'xref.release': runXrefRelease,
} satisfies RunnersFor<typeof manifests>;

/** By type, for the engine: it hands each runner the config that the manifest describes, which this type no longer says. */
export const runnersByType: ReadonlyMap<string, NodeRunner> = new Map(
  Object.entries(runners as unknown as Record<string, NodeRunner>),
);
