import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

const lines = (count: number) => plural(count, 'Zeile', 'Zeilen');

export const referenceTexts: Translation['referenceTexts'] = {
  title: 'Referenzen',
  tabs: { label: 'Arten von Referenzen', ids: 'Querverweise', proposals: 'Vorschläge' },
  search: 'Über Kennung oder Namen finden',
  searchPlaceholder: 'Kennung oder Name in einem beliebigen System',
  entity: 'Entität',
  anyEntity: 'Jede Entität',
  system: 'Hat eine Kennung in',
  missing: 'Hat keine in',
  label: 'Dinge mit ihren Kennungen',
  columns: { entity: 'Entität', name: 'Name', ids: 'Kennungen', linked: 'Verknüpft' },
  reserved: (system) => `${system}: wird angelegt`,
  origin: { person: 'von', import: 'importiert von', flow: 'durch einen Flow', proposal: 'Vorschlag angenommen von' },
  more: 'Mehr zeigen',
  noneTitle: (env) => `In ${env} sind keine Kennungen verknüpft`,
  noneDetail:
    'Verknüpfen Sie, wie Ihre Systeme denselben Kunden, Artikel oder Auftrag nennen. Mappings lesen es als $xref("customer", "shop", id, "odoo"); Flows ergänzen es, wenn sie etwas anlegen.',
  unlink: (system, id) => `Verknüpfung von ${system} ${id} aufheben`,
  unlinkVerb: 'Verknüpfung aufheben',
  unlinkTitle: (system, id) => `Verknüpfung von ${system} „${id}“ aufheben`,
  unlinkEffect: (others, env) =>
    others === ''
      ? `Sie steht in ${env} allein und ist dann nicht mehr bekannt.`
      : `In ${env} bedeutet sie nicht mehr dasselbe wie ${others}. Flows, die danach suchen, finden sie von da an nicht.`,
  unlinked: (system, id) => `Die Verknüpfung von ${system} „${id}“ ist aufgehoben.`,
  link: {
    open: 'Kennungen verknüpfen',
    title: 'Kennungen verknüpfen',
    submit: 'Verknüpfen',
    entity: 'Entität',
    entityHint: 'Was für ein Ding, in Kleinbuchstaben: customer, product, order',
    entityWrong: 'Kleinbuchstaben, Ziffern und _, am Anfang ein Buchstabe.',
    system: (n) => `System ${n}`,
    id: (n) => `Kennung ${n}`,
    systemWrong: 'Kleinbuchstaben, Ziffern und . _ - /',
    name: 'Name',
    nameHint: 'Wie es heißt, für Menschen, die danach suchen. Darf leer bleiben.',
    several: 'Ein Ding darf in einem System mehrere Kennungen haben',
    done: 'Die Kennungen sind verknüpft.',
  },
  import: {
    open: 'Importieren',
    title: 'Querverweise importieren',
    check: 'Prüfen',
    submit: (count) => `${lines(count)} importieren`,
    file: 'CSV-Datei wählen',
    hint: 'Eine Zeile je Ding, eine Spalte je System. „name“ und Schlüsselfelder wie „field.vat“ dürfen daneben stehen; nach ihnen gehen die Vorschläge.',
    example: 'odoo,shop,wms,name,field.vat\n7,12,A-7,Acme GmbH,DE123456789',
    csv: 'Zeilen',
    would: (linked, unchanged) =>
      `${lines(linked)} ${linked === 1 ? 'würde' : 'würden'} etwas verknüpfen, ${unchanged} ${unchanged === 1 ? 'ist' : 'sind'} schon verknüpft.`,
    problems: (count) => `${plural(count, 'Problem', 'Probleme')}: Diese Zeilen werden ausgelassen.`,
    line: 'Zeile',
    column: 'Spalte',
    problem: 'Problem',
    done: (linked) => `${lines(linked)} verknüpft.`,
  },
  proposals: {
    hint: 'Dinge, die eines sein könnten: Ihre Schlüsselfelder sind gleich oder ihre Namen ähnlich, und kein System hat beide. Nichts wird verknüpft, bevor Sie es sagen.',
    choose: 'Wählen Sie eine Entität.',
    noneTitle: 'Nichts vorzuschlagen',
    noneDetail:
      'Importieren Sie Kennungen mit Namen oder Schlüsselfeldern zweier Systeme; was sie gemeinsam haben, wird hier vorgeschlagen.',
    label: 'Vorgeschlagene Verknüpfungen',
    columns: { one: 'Eines', other: 'Anderes', because: 'Wegen', confidence: 'Sicherheit' },
    accept: 'Verknüpfen',
    acceptLabel: (one, other) => `${one} und ${other} verknüpfen`,
    accepted: 'Sie sind verknüpft.',
  },
};
