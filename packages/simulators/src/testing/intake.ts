import { readFileSync } from 'node:fs';
import { schemaProblems } from '@crossdock/flow-model';
import { compileMapping } from '@crossdock/mapping';
import { checkEvent, type OrderEvent } from '@crossdock/orders';
import { type Delivery, type Journey, SYSTEMS, type System, shipmentsWith } from '../index.ts';

const FLOW = new URL('../../../../flows/order-events-in/flow.json', import.meta.url);
type Said = { type: string; key: string; id: string; time: string; data: unknown };

/** The steps of the flow that takes what the systems say: what it checks, and how it maps. */
function stepsOf(flow: { nodes: { id: string; config: { schema?: object; mapping?: string } }[] }) {
  const node = (id: string) => flow.nodes.find((one) => one.id === id)!.config;
  return Object.fromEntries(
    SYSTEMS.map((system) => [
      system,
      { schema: node(`${system}-check`).schema!, mapping: compileMapping(node(`${system}-says`).mapping!) },
    ]),
  ) as Record<System, { schema: object; mapping: ReturnType<typeof compileMapping> }>;
}

const steps = stepsOf(JSON.parse(readFileSync(FLOW, 'utf8')));

/** Systems whose signature covers the body alone: a body that was taken is not taken again. */
const SIGNS_BODY: ReadonlySet<System> = new Set<System>(['shop', 'wms', 'finance']);

/** Takes the deliveries of a journey as hooks and flow do, one after the other. */
export function intakeOf(journey: Journey) {
  const known = new Set<string>();
  return {
    /** What is told of a delivery; undefined where it is refused. Throws for an event that is not canonical. */
    take(delivery: Delivery): OrderEvent[] | undefined {
      const { message, text, flaw } = delivery;
      if (flaw === 'forged') return undefined;
      const name = `${message.system} ${text}`;
      if (SIGNS_BODY.has(message.system) && known.has(name)) return [];
      const said = saidOf(journey, delivery);
      if (said) known.add(name);
      return said;
    },
  };
}

function saidOf(journey: Journey, { message, text }: Delivery): OrderEvent[] | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { schema, mapping } = steps[message.system];
  if (schemaProblems(body, schema).length > 0) return undefined;
  const hasArrived =
    message.system === 'carrier' && (body as { activityStatus: { type: string } }).activityStatus.type === 'D';
  const input = hasArrived
    ? { status: 200, body: shipmentsWith(journey, (body as { trackingNumber: string }).trackingNumber) }
    : body;
  const said = mapping.evaluate(input, { trigger: body }) as Said[];
  return said.map(({ type, key, id, time, data }) =>
    checkEvent({
      ...{ specversion: '1.0', id, type, time, data, source: `//systems/${id.slice(0, id.indexOf(':'))}` },
      ...{ partitionkey: key, datacontenttype: 'application/json' },
    }),
  );
}
