import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

export const commandTexts: Translation['commandTexts'] = {
  open: 'Suchen',
  label: 'Befehle und Suche',
  placeholder: 'Flow, Auftrag, Seite, Befehl oder Text in Flows finden',
  nothing: 'Nichts gefunden. Versuchen Sie eine Auftragsnummer, den Namen eines Flows oder was Sie tun möchten.',
  searching: 'Suche läuft …',
  failed: (reason) => `Ausführungen und Texte in Flows konnten nicht durchsucht werden: ${reason}`,
  count: (results) => plural(results, 'Ergebnis', 'Ergebnisse'),
  choose: 'wählen',
  run: 'öffnen oder ausführen',
  close: 'schließen',
  recent: 'Zuletzt',
  pages: 'Gehe zu',
  actions: 'Aktionen',
  help: 'Hilfe',
  flows: 'Flows',
  inThisFlow: 'In diesem Flow',
  inFlows: 'In Flows',
  orders: 'Aufträge',
  executions: 'Ausführungen',
  findExecutions: (query) => `Ausführungen mit „${query}“ suchen`,
  findExecutionsHint: 'Durchsucht Kennungen, Geschäftsschlüssel und Fehler',
  createFlow: 'Flow anlegen',
  importFlow: 'Flow aus einer Datei importieren',
  toggleScheme: 'Zwischen hell und dunkel wechseln',
};
