import type { Translation } from '../translation.ts';

export const paletteTexts: Translation['paletteTexts'] = {
  label: 'Palette',
  search: 'Knoten suchen',
  nothing: (query) => `Kein Knotentyp passt zu „${query}“.`,
  kinds: { trigger: 'Auslöser', transform: 'Umwandlungen', control: 'Steuerung', action: 'Aktionen' },
  hint: 'Klicken, Eingabe drücken oder auf die Zeichenfläche ziehen, um hinzuzufügen. F1 oder das Fragezeichen sagt, was ein Knoten tut.',
  collapse: 'Palette ausblenden',
  expand: 'Palette einblenden',
};
