import { type CompiledMapping, compileMapping } from '@crossdock/mapping';

const MAPPINGS_KEPT = 2_000;

/** Compiles each source once, the least recently used dropped first. Throws `FLOW_MAPPING_SYNTAX`. */
export type MappingCache = (source: string) => CompiledMapping;

export function createMappingCache(limit = MAPPINGS_KEPT): MappingCache {
  const compiled = new Map<string, CompiledMapping>();
  return (source) => {
    const known = compiled.get(source);
    if (known) {
      compiled.delete(source);
      compiled.set(source, known);
      return known;
    }
    const mapping = compileMapping(source);
    compiled.set(source, mapping);
    if (compiled.size > limit) compiled.delete(compiled.keys().next().value!);
    return mapping;
  };
}
