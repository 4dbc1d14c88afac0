import type { PublishedConnection } from '@crossdock/bus';

const MAX_CONNECTIONS = 1_000;

/** What connections remember between calls (access tokens), each until it changes; the ones used least lately are forgotten first. */
export class ConnectionMemories {
  readonly #byId = new Map<string, { version: number; memory: Map<string, unknown> }>();

  of({ id, version }: Pick<PublishedConnection, 'id' | 'version'>): Map<string, unknown> {
    const known = this.#byId.get(id);
    const entry = known?.version === version ? known : { version, memory: new Map() };
    this.#byId.delete(id);
    this.#byId.set(id, entry);
    const oldest = this.#byId.keys().next();
    if (this.#byId.size > MAX_CONNECTIONS && !oldest.done) this.#byId.delete(oldest.value);
    return entry.memory;
  }
}
