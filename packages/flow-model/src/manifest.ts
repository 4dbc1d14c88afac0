import type { ErrorCode } from '@crossdock/errors';

/**
 * A node type's declaration as data. Its form, validation, palette entry, docs and types are all computed from it,
 * so it must load in the browser. Made with `defineNodeType` of `@crossdock/connector-sdk`.
 */
export interface NodeManifest {
  /** `http.request`; the part before the dot is the connector. */
  readonly type: string;
  readonly typeVersion: number;
  readonly kind: NodeKind;
  readonly status: 'stable' | 'beta';
  /** Palette group. */
  readonly connector: string;
  readonly title: string;
  readonly summary: string;
  /** Tabler icon name, kebab-case. */
  readonly icon: string;
  /** The connections that a node of this type takes, if any. */
  readonly connection?: ConnectionUse;
  readonly handles: NodeHandles;
  /** JSON Schema (2020-12) of `config`, with the hints of `ConfigHints` on its properties. */
  readonly config: ConfigSchema;
  /**
   * One line for the canvas card with these settings, for example `{method} {url}`; slots are config fields. A slot of an array shows
   * its length, one of a time in milliseconds or of a cron expression says it in words. Of alternatives divided by ` | ` the first is taken
   * whose settings are all there (and wanted, by `x-when`), else the last.
   */
  readonly line: string;
  /**
   * `none`: pure, run again after a crash. `keyed`: an effect that the target deduplicates by the idempotency key.
   * `reply`: answers the caller of the trigger.
   */
  readonly effect: 'none' | 'keyed' | 'reply';
  /** `none`: the target cannot tell a repeated call from a new one, unless the node says that it can. */
  readonly idempotency?: 'none';
  /** Work that the engine does itself: such a node has no runner. Its config is read by the engine (`ControlConfigs` of `control-config.ts`). */
  readonly control?: ControlKind;
  /** How long one attempt may take unless the node says otherwise, in ms; `DEFAULT_NODE_TIMEOUT_MS` where left out (`defaultTimeoutMs`). */
  readonly timeoutMs?: number;
  /** Config field whose URL names the remote, for breaker and rate limit where the node names no connection. */
  readonly remote?: string;
  /** What its own work may fail with, besides what settings, connection and time limit of any node bring along. */
  readonly errors?: readonly ErrorCode[];
  /** What an action emits when effects are simulated. */
  readonly simulated?: unknown;
  readonly examples: readonly { readonly title: string; readonly config: Readonly<Record<string, unknown>> }[];
  /** Markdown for the inspector's Docs tab, beyond summary and field descriptions. */
  readonly docs?: string;
}

/** Which connections a node may name. */
export interface ConnectionUse {
  /** Connection types. */
  readonly types: readonly string[];
  /** Without one the node cannot work. */
  readonly required: boolean;
  /** The node uses (and needs) one only while this field of its config has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly unknown[] };
  /** The node can work without one, but not while this field of its config has one of these values. */
  readonly neededWhen?: { readonly field: string; readonly is: readonly unknown[] };
  /** What the connection is good for at this node, as a sentence. */
  readonly description: string;
}

/** What the engine itself does at a node. */
export type ControlKind = 'wait' | 'join' | 'split' | 'call' | 'stop';

export type NodeKind = 'trigger' | 'action' | 'transform' | 'control';

/** What a secret that we may choose ourselves is made as: a key of Standard Webhooks (`whsec_` and 32 bytes in base64), or 32 bytes in hex. */
export type SecretKind = 'whsec' | 'hex';

export interface NodeHandles {
  readonly in: readonly string[];
  readonly out: readonly string[];
  /** One more `out` handle for each element of this config array: its `id` names the handle. */
  readonly outPerItemOf?: string;
}

export interface ConfigSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ConfigField>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly [keyword: string]: unknown;
}

/** What a setting is chosen from: `models`, `fields`. `within` is the setting that says what they are of. */
export interface ChoiceHint {
  readonly of: 'models' | 'fields';
  readonly within?: string;
}

/** A JSON Schema with Crossdock's hints. */
export interface ConfigField {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  /**
   * A string that begins with `=` is JSONata, evaluated by the engine before the node runs. The hint holds for the field that carries it
   * and for whatever lies inside it; schemas are found by walking `properties`, then `additionalProperties`, then `items`. So `headers`
   * has it on its `additionalProperties`: each value may be an expression, the headers as a whole may not. What evaluates to nothing is
   * left out; the rest must fit the schema, which describes the evaluated value.
   */
  readonly 'x-expression'?: true;
  /** Always JSONata; checked for syntax, evaluated by the node itself. */
  readonly 'x-mapping'?: true;
  /** Holds a JSON Schema (2020-12). */
  readonly 'x-json-schema'?: true;
  /**
   * What a text stands for: checked where a flow is validated (`cron`: see `cronProblem`, `time-zone`: an IANA name), and chosen with help in the
   * form (`flow`: the id of another flow too).
   */
  readonly 'x-format'?: 'cron' | 'time-zone' | 'flow';
  /** The field matters only while that other field of the config has one of these values; the form hides it otherwise. */
  readonly 'x-when'?: { readonly field: string; readonly is: readonly unknown[] };
  /** What a form shows for each value of an `enum`, where the values do not say it themselves. */
  readonly 'x-labels'?: Readonly<Record<string, string>>;
  /** What `pattern` asks for, as the rest of a sentence that begins with the field: "must be a path such as shop/orders". */
  readonly 'x-pattern-reason'?: string;
  /** Of a credential that may be chosen here and entered at the other side: the kinds to choose from. */
  readonly 'x-generate'?: readonly SecretKind[];
  /** The form lists what the node's connection knows; any other text may be typed. */
  readonly 'x-choices'?: ChoiceHint;
  /** Widget of the form, where the type alone does not decide it. */
  readonly 'x-widget'?: 'jsonata' | 'json-schema' | 'json' | 'textarea' | 'cases' | 'headers';
  readonly [keyword: string]: unknown;
}
