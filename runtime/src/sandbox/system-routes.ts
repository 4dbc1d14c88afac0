import type { System, SystemDocument } from '@crossdock/simulators';
import { SYSTEMS } from '@crossdock/simulators';
import { type Request, type Response, Router } from 'express';
import type { Documents } from './documents.ts';
import { type FaultPlayer, faultPlayer } from './fault-player.ts';
import { readFaults } from './faults.ts';
import { pageOf, problem, readJson, readObject } from './problem.ts';

/** What each system keeps. */
const TYPES: Readonly<Record<System, readonly string[]>> = {
  shop: ['orders', 'fulfillments'],
  crm: ['deals', 'customers'],
  wms: ['orders', 'shipments', 'totes', 'inbounds', 'returns'],
  carrier: ['packages'],
  finance: ['invoices', 'holds'],
};

export interface Systems {
  readonly documents: Documents;
  /** Documents of the journeys that run or ran. */
  ofJourneys(place: string): readonly SystemDocument[];
  readonly stopped: AbortSignal;
}

type Fields = Readonly<Record<string, unknown>>;

/** Shop, CRM, warehouse, carrier and finance as flows call them: lists, documents, making and changing them, and their faults. */
export function systemRoutes({ documents, ofJourneys, stopped }: Systems): Router {
  const router = Router();
  const players = new Map(SYSTEMS.map((system) => [system, faultPlayer(system, stopped)]));

  router.param('system', (request, response, next) => {
    if (players.has(request.params.system as System)) next();
    else problem(response, 404, `${request.method} ${request.path} is not offered here`);
  });

  router.get('/:system/faults', (request, response) => void response.json(playerOf(request).faults()));
  router.put('/:system/faults', (request, response) => {
    const body = readJson(request, response);
    if (body === undefined) return;
    const read = readFaults(body, Date.now());
    if (typeof read === 'string') return problem(response, 400, read);
    playerOf(request).set(read);
    response.json(read);
  });

  router.get('/carrier/track/:number', (request, response) =>
    answer(request, response, async () => {
      const found = listOf('carrier/packages').find(({ trackingNumber }) => trackingNumber === request.params.number);
      return found ?? `no package has the tracking number "${request.params.number}"`;
    }),
  );

  router.post('/wms/orders/:id/ship', (request, response) =>
    answer(request, response, async () => {
      const order = documents.all('wms/orders').find(({ id }) => id === request.params.id);
      if (order === undefined) return missing(request);
      const { partner_order_id, line_items, shipment } = order.document;
      if (typeof shipment === 'string')
        return listOf('wms/shipments').find(({ id }) => id === shipment) ?? missing(request);
      const shipping_labels = [{ tracking_number: trackingNumber(), carrier: 'UPS', shipping_method: 'Ground' }];
      const sent = await documents.make({
        place: 'wms/shipments',
        sent: { partner_order_id, line_items, completed: true, voided: false, dropshipment: false },
        added: { shipping_labels },
        idempotencyKey: `ship ${order.id}`,
      });
      await documents.change('wms/orders', order.id, { status: 'shipped', shipment: sent!.id });
      return sent!.document;
    }),
  );

  router.get('/:system/:type', (request, response) =>
    answer(request, response, async () => {
      const { limit: _, cursor: __, ...filter } = request.query;
      const found = listOf(placeOf(request)).filter((document) => matches(document, filter));
      // The warehouse answers who asks by tracking number with a plain list, as the flow of events from systems reads it.
      return filter.tracking_number === undefined ? pageOf(found, request.query) : found;
    }),
  );

  router.get('/:system/:type/:id', (request, response) =>
    answer(
      request,
      response,
      async () => listOf(placeOf(request)).find(({ id }) => String(id) === request.params.id) ?? missing(request),
    ),
  );

  router.post('/:system/:type', (request, response) =>
    answer(request, response, async () => {
      const body = readObject(request, response, 'a document');
      if (body === undefined) return undefined;
      const place = placeOf(request);
      const added = place === 'carrier/packages' ? { trackingNumber: trackingNumber() } : {};
      const made = await documents.make({ place, sent: body, added, idempotencyKey: request.get('idempotency-key') });
      if (made === undefined)
        return void problem(response, 409, 'this Idempotency-Key was used before with another body');
      response.status(201);
      return made.document;
    }),
  );

  router.patch('/:system/:type/:id', (request, response) =>
    answer(request, response, async () => {
      const body = readObject(request, response, 'what is to change');
      if (body === undefined) return undefined;
      return (await documents.change(placeOf(request), String(request.params.id), body))?.document ?? missing(request);
    }),
  );

  const listOf = (place: string): Fields[] => [
    ...ofJourneys(place).map(({ document }) => document as Fields),
    ...documents.all(place).map(({ document }) => document),
  ];

  function playerOf(request: Request): FaultPlayer {
    const [, system] = request.path.split('/');
    return players.get(system as System)!;
  }

  /** Plays the system's fault around the work; a sentence as its result is a 404. */
  async function answer(request: Request, response: Response, work: () => Promise<unknown>): Promise<void> {
    const [, system, type] = request.path.split('/');
    if (type !== 'track' && !TYPES[system as System].includes(String(type)))
      return problem(response, 404, `${system} keeps ${TYPES[system as System].join(', ')}; "${type}" is none of them`);
    const mode = await playerOf(request).play(request, response);
    if (mode === 'cut-before' || mode === 'fail') return;
    const result = await work();
    if (mode === 'cut') return void request.socket.destroy();
    if (result === undefined) return;
    if (typeof result === 'string') return problem(response, result.includes('must be') ? 400 : 404, result);
    response.json(result);
  }

  return router;
}

const placeOf = ({ params: { system, type } }: Request): string => `${system}/${type}`;
const missing = ({ path }: Request): string => `${path} does not exist`;
const trackingNumber = (): string =>
  `1ZSANDBOX${String(Date.now()).slice(-7)}${String(Math.floor(Math.random() * 1000)).padStart(3, '0')}`;

/** Whether each field has the value asked for; `tracking_number` is one of the labels'. */
function matches(document: Fields, filter: Request['query']): boolean {
  return Object.entries(filter).every(([field, wanted]) => {
    if (field !== 'tracking_number') return String(document[field]) === wanted;
    const labels = (document.shipping_labels ?? []) as readonly { tracking_number?: string }[];
    return labels.some(({ tracking_number }) => tracking_number === wanted);
  });
}
