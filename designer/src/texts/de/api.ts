import type { Translation } from '../translation.ts';

export const apiTexts: Translation['apiTexts'] = {
  unreachable: 'Crossdock ist nicht erreichbar. Prüfen Sie, ob es läuft und ob Sie online sind.',
  unreachableCode: 'OFFLINE',
};
