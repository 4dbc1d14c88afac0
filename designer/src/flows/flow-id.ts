const MAX_LENGTH = 64;

/** Whether text can be a flow's id. */
export const isFlowId = (text: string): boolean => /^[a-z0-9-]{1,64}$/.test(text);

/** An id made of a name: `Auftrag für ERP!` → `auftrag-fur-erp`. Empty when the name holds no letter or digit of ASCII. */
export function flowIdOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_LENGTH)
    .replace(/^-+|-+$/g, '');
}

/** `base`, or the first of `base-2`, `base-3` … that is free; never longer than an id may be. */
export function freeFlowId(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  for (let number = 2; ; number++) {
    const ending = `-${number}`;
    const id = base.slice(0, MAX_LENGTH - ending.length) + ending;
    if (!taken.has(id)) return id;
  }
}
