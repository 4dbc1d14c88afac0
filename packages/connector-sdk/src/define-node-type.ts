import type {
  ConfigSchema,
  ControlConfigs,
  ControlKind,
  NodeHandles,
  NodeKind,
  NodeManifest,
} from '@crossdock/flow-model';
import type { Static, TObject, TSchema } from 'typebox';
import type { NodeRunner } from './run-context.ts';

/** A manifest whose config is a TypeBox schema, so that the runner's `config` is typed from it. */
export interface TypedManifest<Config extends TSchema = TSchema, Out extends string = string>
  extends Omit<NodeManifest, 'config' | 'handles' | 'examples'> {
  readonly config: Config & ConfigSchema;
  readonly handles: Omit<NodeHandles, 'out'> & { readonly out: readonly Out[] };
  readonly examples: readonly { readonly title: string; readonly config: Static<Config> & Record<string, unknown> }[];
}

/** What tells node types apart, kept as it was written: by it `RunnersFor` knows who needs a runner. */
interface Identity {
  readonly type: string;
  readonly kind: NodeKind;
  readonly control?: ControlKind;
}

/** Declares a node type. A wrong example or hint is a compile error, and so is a config that the engine could not read, for one with `control`. */
export const defineNodeType = <
  const Config extends TSchema,
  const Out extends string,
  const Id extends Identity,
  const PerItem extends string = never,
>(
  manifest: TypedManifest<Config, Out> &
    Id &
    ReadByEngine<Config, Id> & { readonly handles: { readonly outPerItemOf?: PerItem } },
): TypedManifest<Config, [PerItem] extends [never] ? Out : string> & Pick<Id, keyof Identity & keyof Id> => manifest;

/** Asks for a config that the engine knows, where the engine works at the node. */
type ReadByEngine<Config, Id> = Id extends { control: infer Kind extends ControlKind }
  ? Static<Config & TSchema> & Defaulted<Config> extends ControlConfigs[Kind]
    ? unknown
    : { readonly config: ControlConfigs[Kind] }
  : unknown;

/** Config as the runner sees it: expressions evaluated, defaults filled. */
export type ConfigOf<M> = M extends TypedManifest<infer Config, string> ? Static<Config> & Defaulted<Config> : never;

type Defaulted<Config> =
  Config extends TObject<infer Properties>
    ? {
        [Name in keyof Properties as Properties[Name] extends { default: unknown } ? Name : never]: Static<
          Properties[Name]
        >;
      }
    : unknown;

/** With handles per item, any string. */
type OutOf<M> = M extends TypedManifest<TSchema, infer Out> ? Out : never;

/** The runner that a manifest asks for. */
export type RunNode<M> = NodeRunner<ConfigOf<M>, OutOf<M>>;

/** Every node type but triggers and those the engine works at itself has a runner: a missing one is a compile error. */
export type RunnersFor<Manifests extends readonly TypedManifest[]> = {
  readonly [M in Exclude<Manifests[number], { kind: 'trigger' } | { control: ControlKind }> as M['type']]: RunNode<M>;
};
