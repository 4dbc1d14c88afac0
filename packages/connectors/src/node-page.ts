import type { ConfigField, NodeManifest } from '@crossdock/connector-sdk';
import { catalogue, type ErrorCode, RETRY_WORDS } from '@crossdock/errors';
import { defaultTimeoutMs, durationText } from '@crossdock/flow-model';

/** All that is to be said of a node type, as data: the page of `docs/`, the Docs tab and the help of the designer are drawn from it. */
export interface NodePage {
  readonly type: string;
  readonly title: string;
  readonly connector: string;
  readonly summary: string;
  /** Facts, a sentence each, in Markdown: kind, handles, connection, time for one try. */
  readonly facts: readonly string[];
  readonly settings: readonly PageSetting[];
  /** What leaves it when effects are simulated, as JSON text; undefined where nothing is simulated. */
  readonly simulated: string | undefined;
  readonly errors: readonly PageError[];
  readonly examples: NodeManifest['examples'];
  /** Markdown. */
  readonly docs: string | undefined;
}

export interface PageSetting {
  readonly name: string;
  readonly title: string;
  readonly isRequired: boolean;
  /** What it may hold, in Markdown. */
  readonly kind: string;
  /** As JSON text; undefined where it has none. */
  readonly fallback: string | undefined;
  readonly description: string;
  /** "Only with …", in Markdown. */
  readonly condition: string | undefined;
  readonly examples: readonly string[];
}

/** An error of the catalogue; `{…}` in the message stands for a detail of the case at hand. */
export interface PageError {
  readonly code: ErrorCode;
  readonly message: string;
  /** Whether it is tried again. */
  readonly retried: string;
  readonly fix: string;
}

const KINDS: Record<NodeManifest['kind'], string> = {
  trigger: 'Trigger: starts executions.',
  action: 'Action: has an effect outside.',
  transform: 'Transform: works on the payload alone.',
  control: 'Control: decides what happens next.',
};

export function nodePage(manifest: NodeManifest): NodePage {
  const { type, title, connector, summary, examples, docs, config } = manifest;
  return {
    ...{ type, title, connector, summary, examples, docs },
    facts: [
      KINDS[manifest.kind],
      handlesFact(manifest),
      ...(manifest.connection ? [connectionFact(manifest.connection)] : []),
      ...(isCall(manifest)
        ? [`One try may take ${durationText(defaultTimeoutMs(manifest))}, unless the node says otherwise.`]
        : []),
    ],
    settings: Object.entries(config.properties).map(([name, field]) => settingOf(manifest, name, field)),
    simulated: manifest.simulated === undefined ? undefined : JSON.stringify(manifest.simulated),
    errors: errorsOf(manifest).map((code) => {
      const { message, retry, fix } = catalogue[code];
      return { code, message, retried: RETRY_WORDS[retry], fix };
    }),
  };
}

/** What a node of this type may fail with: what its settings, connection and time limit bring along, then what its own work does. */
export function errorsOf(manifest: NodeManifest): ErrorCode[] {
  const config = JSON.stringify(manifest.config);
  const computes = config.includes('"x-expression":true');
  return [
    ...new Set<ErrorCode>([
      ...(computes || config.includes('"x-mapping":true') ? (['DATA_MAPPING', 'DATA_MAPPING_LIMIT'] as const) : []),
      ...(computes ? (['CONFIG_MISSING', 'CONFIG_INVALID'] as const) : []),
      ...(manifest.connection ? (['CONFIG_CONNECTION_MISSING', 'CONFIG_CONNECTION_TYPE'] as const) : []),
      ...(isCall(manifest) ? (['REMOTE_TIMEOUT'] as const) : []),
      ...(manifest.errors ?? []),
    ]),
  ];
}

/** Work that the engine has done by a runner, and ends when its time is up. */
const isCall = ({ effect, control }: NodeManifest): boolean => effect === 'keyed' && control === undefined;

function handlesFact({ handles, kind }: NodeManifest): string {
  const { in: inward, out, outPerItemOf } = handles;
  const names = (list: readonly string[]) => list.map((name) => `\`${name}\``).join(', ');
  const perItem = outPerItemOf ? [`one for each of \`${outPerItemOf}\``] : [];
  const outward = [...perItem, ...(out.length > 0 ? [names(out)] : [])].join(', ') || 'none';
  const error = kind === 'trigger' ? '' : ', and `error` with *When it fails for good: Branch*';
  return `Handles: ${inward.length > 0 ? `in ${names(inward)}; ` : ''}out ${outward}${error}.`;
}

function connectionFact({ types, required, description }: NonNullable<NodeManifest['connection']>): string {
  const kinds = types.map((type) => `\`${type}\``).join(' or ');
  return `Connection (${kinds}, ${required ? 'required' : 'optional'}): ${description}`;
}

function settingOf(manifest: NodeManifest, name: string, field: ConfigField): PageSetting {
  const when = field['x-when'];
  return {
    name,
    title: field.title ?? name,
    isRequired: manifest.config.required?.includes(name) ?? false,
    kind: kindOf(name, field),
    fallback: field.default === undefined ? undefined : JSON.stringify(field.default),
    description: field.description ?? '',
    condition: when && `Only with \`${when.field}\` ${when.is.join(', ')}.`,
    examples: examplesOf(field).map((example) => (typeof example === 'string' ? example : JSON.stringify(example))),
  };
}

/** The values that a field's manifest shows as good ones. */
export function examplesOf(field: ConfigField): readonly unknown[] {
  return Array.isArray(field.examples) ? field.examples : [];
}

/** A choice as the document has it, with what the form calls it. */
const choiceText = (value: unknown, label: string | undefined): string =>
  label === undefined ? `\`${value}\`` : `\`${value}\` (${label})`;

function kindOf(name: string, field: ConfigField): string {
  if (field['x-mapping']) return 'JSONata';
  if (field['x-json-schema']) return 'JSON Schema';
  const plain = Array.isArray(field.enum)
    ? field.enum.map((value) => choiceText(value, field['x-labels']?.[value])).join(', ')
    : field.type === undefined
      ? 'any JSON'
      : [field.type].flat().join(' or ') + (name.endsWith('Ms') ? ' (ms)' : '');
  return field['x-expression'] ? `${plain}, or an expression` : plain;
}
