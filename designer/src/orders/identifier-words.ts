import type { OrderIdentifier } from '@crossdock/api-contract';
import { orderTexts } from '../texts/index.ts';

const t = orderTexts.identifiers;

/** What kind of number it is, whose it is and where it holds: `Sales order · odoo`, `Customer’s PO`. What has no word is called as its system does. */
export function identifierName({
  system,
  type,
  scope,
}: Pick<OrderIdentifier, 'system' | 'type'> & { scope?: string | undefined }): string {
  const whole = wordIn(t.numbers, `${system} ${type}`);
  const parts = whole === undefined ? [documentWord(type), wordIn(t.owners, system) ?? system] : [whole];
  return [...parts, scope].filter(Boolean).join(' · ');
}

/** What a system’s type of document, or a kind of thing, is called: `Transfer` for `stock.picking`. */
export const documentWord = (type: string): string => wordIn(t.documents, type) ?? type;

/** Types are named by other systems, and may be called like what every object has. */
const wordIn = (words: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;
