import type { CloudEvent } from '@crossdock/connector-sdk';
import type { OrderState, RuleSettings, Severity } from '@crossdock/orders';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

/** The read model of orders: what their events say together. All but the events themselves can be made anew from those. */
export interface OrderTables {
  /** Every event of an order once, as it rests on the bus: masked values sealed. */
  order_events: {
    env: string;
    /** Where it rests: hashes of its key and of its source and id. */
    place: string;
    /** The key that it was told under. */
    key: string;
    happened_at: Time;
    received_at: Time;
    /** The execution that told it. */
    execution_id: string | null;
    event: Json<CloudEvent>;
    /** Why it says nothing about the order, where it does not. */
    problem: string | null;
  };
  /** The orders' keys that an event names. */
  order_event_keys: { env: string; key: string; place: string };
  orders: OrdersTable;
  /** Which order a key names. */
  order_keys: { env: string; key: string; order_id: string };
  /** What an order and its documents are called in every system. */
  order_identifiers: { env: string; order_id: string; system: string; type: string; scope: string; value: string };
  /** Holds and exceptions that are open, for lists. */
  order_issues: OrderIssuesTable;
  /** When the rules of exceptions are to look at an order next; no row where time alone changes nothing. */
  order_looks: { env: string; order_id: string; due_at: Time };
  /** What people decided about the rules of an environment; no row where all is as it comes. */
  order_rules: {
    env: string;
    settings: Json<RuleSettings>;
    /** Orders after this one are still to be looked at by the settings; null when all are due to be. */
    mark_after: string | null;
    updated_at: Time;
    updated_by: string;
  };
}

export interface OrderIssuesTable {
  env: string;
  order_id: string;
  kind: 'hold' | 'exception';
  issue_id: string;
  code: string;
  /** Of exceptions. */
  severity: Severity | null;
  /** The team that is to see to it. */
  owner: string | null;
  /** Who took charge of it. */
  assignee: string | null;
  since: Time;
  /** By when it should be settled. */
  due_at: ColumnType<Date | null, Date | string | null, never>;
}

/** The folded state of an order, made anew from its events whenever one comes. */
export interface OrdersTable {
  env: string;
  order_id: string;
  /** How far it is: its stage, or what it is instead. */
  step: string;
  lifecycle: string;
  /** A hold or an exception is open. */
  is_pending: boolean;
  channel: string | null;
  partner: string | null;
  customer_order_no: string | null;
  /** A decimal; null where its worth is not known. */
  amount: string | null;
  currency: string | null;
  /** When it was received, else its first event: its place in lists. */
  began_at: Time;
  step_since: Time;
  last_event_at: Time;
  events: number;
  state: Json<OrderState>;
}
