import type { Translation } from '../translation.ts';

export const filterTexts: Translation['filterTexts'] = {
  flow: 'Flow',
  anyFlow: 'Jeder Flow',
  environment: 'Umgebung',
  allEnvironments: 'Alle Umgebungen',
  time: 'Zeitraum',
  anyTime: 'Jederzeit',
  ranges: {
    '15m': 'Letzte 15 Minuten',
    '1h': 'Letzte Stunde',
    '24h': 'Letzte 24 Stunden',
    '7d': 'Letzte 7 Tage',
    '30d': 'Letzte 30 Tage',
  },
  from: 'Von',
  to: 'Bis',
  search: 'Suchen',
  searchPlaceholder: 'Kennung, Schlüssel oder Wörter des Fehlers',
  clear: 'Filter aufheben',
  noMatchTitle: 'Nichts passt zu diesen Filtern',
  noMatchDetail: 'Erweitern Sie den Zeitraum oder nehmen Sie einen Filter weg.',
};
