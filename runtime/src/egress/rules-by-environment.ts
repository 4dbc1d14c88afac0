import { type AddressRules, addressRules } from './address-rules.ts';
import { type Resolve, systemResolve } from './guarded-lookup.ts';

export interface EgressOptions {
  /** Hosts, `host:port` or CIDRs that may be called although they are private, from every environment. */
  readonly allow: readonly string[];
  /** What an environment allows of its own, as of now; the same list again means that nothing changed. */
  readonly allowIn?: (env: string) => readonly string[];
  /** `host:port` of the sandbox: allowed in environment `dev` only. */
  readonly sandboxHost?: string;
  /** Translation prefixes of this network, see `AddressRuleOptions`. */
  readonly nat64?: readonly string[];
  readonly resolve?: Resolve;
}

const SANDBOX_ENV = 'dev';
const NOTHING: readonly string[] = [];

/** What an environment may call by how the installation was started, beside its own list. */
export function installationRules(
  { allow, sandboxHost }: { allow: readonly string[]; sandboxHost?: string | undefined },
  env: string,
): readonly string[] {
  return sandboxHost !== undefined && env === SANDBOX_ENV ? [...allow, sandboxHost] : allow;
}

/**
 * Keeps what `make` makes of an environment's rules for as long as they stand. `release` gets what was made of rules that do no longer.
 */
export function byEnvironment<Made>(
  { allow, allowIn = () => NOTHING, sandboxHost, nat64 = [], resolve = systemResolve }: EgressOptions,
  kind: { readonly httpOnly: boolean },
  { make, release }: { make(rules: AddressRules, resolve: Resolve): Made; release(made: Made): void },
): (env: string) => Made {
  const kept = new Map<string, { own: readonly string[]; made: Made }>();
  return (env) => {
    const own = allowIn(env);
    const known = kept.get(env);
    if (known?.own === own) return known.made;
    const given = installationRules({ allow, sandboxHost }, env);
    const made = make(addressRules({ allow: [...given, ...own], nat64, ...kind }), resolve);
    kept.set(env, { own, made });
    if (known) release(known.made);
    return made;
  };
}
