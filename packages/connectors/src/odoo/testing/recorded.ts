import type { Answer, OdooPlay } from './odoo-play.ts';

/** One call to Odoo 19.0 and what it answered, as recorded: fields that matter alone, tracebacks cut. */
export interface Exchange {
  readonly call: string;
  /** Arguments by name, without the context. */
  readonly sent?: unknown;
  readonly status: number;
  readonly body: unknown;
}

/** Answers with what was recorded, in that order. Gives what is called, to be compared with `callsOf` the same exchanges. */
export function playBack(odoo: OdooPlay, exchanges: readonly Exchange[]): { call: string; sent?: unknown }[] {
  const left = [...exchanges];
  const calls: { call: string; sent?: unknown }[] = [];
  odoo.answer = ({ model, method, ids, args: { context: _, ...args } }): Answer => {
    const sent = { ...args, ...(ids === undefined ? {} : { ids }) };
    calls.push({ call: `${model}/${method}`, ...(method === 'fields_get' ? {} : { sent }) });
    return left.shift() ?? { status: 500, body: { name: 'no more was recorded' } };
  };
  return calls;
}

export const callsOf = (exchanges: readonly Exchange[]): { call: string; sent?: unknown }[] =>
  exchanges.map(({ call, sent }) => ({ call, ...(sent === undefined ? {} : { sent }) }));
