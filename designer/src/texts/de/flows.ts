import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

export const flowTexts: Translation['flowTexts'] = {
  title: 'Flows',
  list: {
    label: 'Flows',
    search: 'Flows durchsuchen',
    searchPlaceholder: 'Name, Kennung oder Beschreibung',
    create: 'Neuer Flow',
    import: 'Importieren',
    noneTitle: 'Noch keine Flows',
    noneDetail:
      'Ein Flow nimmt Nachrichten eines Systems an, ändert sie und bringt sie zu einem anderen. Zeichnen Sie einen oder importieren Sie eine flow.json.',
    noMatchTitle: 'Kein Flow passt',
    noMatchDetail: (query) => `Nichts hat „${query}“ in Name, Kennung oder Beschreibung.`,
    clearSearch: 'Suche aufheben',
    drop: 'Legen Sie die Flow-Datei hier ab, um sie zu importieren',
    columns: {
      name: 'Name',
      nodes: 'Knoten',
      issues: 'Probleme',
      revision: 'Revision',
      deployed: 'Bereitgestellt',
      edited: 'Zuletzt bearbeitet',
      actions: 'Aktionen',
    },
    issues: (count) => plural(count, 'Problem', 'Probleme'),
    noIssues: 'Keine',
    unpublished: 'seitdem geändert',
    neverPublished: 'nicht veröffentlicht',
    nowhere: 'nirgends',
    moreNodes: (count) => `+${count}`,
    actionsOf: (name) => `Aktionen für ${name}`,
  },
  actions: {
    open: 'Öffnen',
    rename: 'Umbenennen',
    duplicate: 'Duplizieren',
    export: 'Exportieren',
    delete: 'Löschen',
    executions: 'Ausführungen',
  },
  fields: {
    name: 'Name',
    nameHint: 'Wie man ihn nennt, etwa „Shop-Auftrag ins ERP“.',
    id: 'Kennung',
    idHint:
      'Kleinbuchstaben, Ziffern und Bindestriche. Sie ändert sich nie: Hooks und Idempotenzschlüssel hängen von ihr ab.',
    description: 'Was er tut',
    nameMissing: 'Geben Sie dem Flow einen Namen.',
    idMissing: 'Geben Sie dem Flow eine Kennung.',
    idWrong: 'Verwenden Sie nur Kleinbuchstaben, Ziffern und Bindestriche, höchstens 64 Zeichen.',
    idTaken: (name) => `Der Flow „${name}“ hat diese Kennung schon.`,
  },
  create: { title: 'Neuer Flow', submit: 'Anlegen' },
  templates: {
    label: 'Beginnen mit',
    search: 'Vorlagen durchsuchen',
    searchPlaceholder: 'Name, System oder was sie tut',
    empty: 'Ein leerer Flow',
    emptyDetail: 'Selbst zeichnen, mit einem Auslöser als Anfang.',
    none: 'Crossdock fand neben dem Programm keine Vorlagen: sein Ordner „flows“ ist leer oder fehlt.',
    noMatch: (query) => `Keine Vorlage hat „${query}“ im Namen, in ihren Systemen oder in dem, was sie tut.`,
    picture: (nodes) => `Bild des Flows: ${plural(nodes, 'Knoten', 'Knoten')}`,
    about: (name) => `Über ${name}`,
    brings: (samples, tests) =>
      `Bringt ${plural(samples, 'Muster', 'Muster')} und ${plural(tests, 'Test', 'Tests')} mit. Was Sie daraus machen, ist ein eigener Entwurf.`,
    needs: (env) => `Braucht in ${env}`,
    needsNothing: 'Braucht weder Verbindungen noch Variablen noch andere Flows.',
    kinds: { connection: 'Verbindung', variable: 'Variable', flow: 'Flow' },
    states: {
      there: 'vorhanden',
      absent: 'noch nicht vorhanden',
      unlike: 'vorhanden, aber von anderem Typ',
      optional: 'nicht vorhanden; es geht auch ohne',
    },
    use: 'Diese Vorlage verwenden',
    chooseOne: 'Wählen Sie eine Vorlage, um zu sehen, was sie tut und braucht.',
    title: 'Mit einer Vorlage beginnen',
    used: (name) => `Der Entwurf enthält nun, was die Vorlage „${name}“ enthält. Rückgängig nimmt es wieder weg.`,
  },
  rename: { title: 'Flow umbenennen', submit: 'Speichern' },
  duplicate: {
    title: (name) => `„${name}“ duplizieren`,
    submit: 'Duplizieren',
    copyOf: (name) => `${name} Kopie`,
    done: (name) => `„${name}“ ist als Entwurf da.`,
  },
  delete: {
    title: (name) => `„${name}“ löschen?`,
    effect: (name, revisions) =>
      `Der Entwurf von „${name}“ und ${revisions} werden gelöscht. Frühere Ausführungen bleiben sichtbar. Das kann nicht rückgängig gemacht werden.`,
    revisions: (count) =>
      count === 0
        ? 'sein (nie veröffentlichter) Inhalt'
        : count === 1
          ? 'seine eine Revision'
          : `seine ${plural(count, 'Revision', 'Revisionen')}`,
    verb: 'Löschen',
    done: (name) => `„${name}“ ist gelöscht.`,
    deployedTitle: (name) => `„${name}“ ist bereitgestellt`,
    deployed: (environments) =>
      `Er nimmt Nachrichten in ${environments} an. Nehmen Sie die Bereitstellung dort zuerst zurück; dann kann er gelöscht werden.`,
    toDeployments: 'Zu den Bereitstellungen',
  },
  import: {
    title: 'Flow importieren',
    drop: 'Legen Sie eine flow.json hier ab oder',
    choose: 'wählen Sie eine Datei',
    hint: 'Was Sie importieren, wird ein Entwurf. Nichts wird veröffentlicht oder bereitgestellt.',
    unreadable: 'Diese Datei konnte nicht gelesen werden',
    other: 'Andere Datei wählen',
    summary: (nodes, edges) => `${plural(nodes, 'Knoten', 'Knoten')}, ${plural(edges, 'Kante', 'Kanten')}`,
    sound: 'Keine Probleme gefunden.',
    issues: (count) =>
      `${plural(count, 'Problem', 'Probleme')} in diesem Flow. Er kann als Entwurf importiert werden; veröffentlichen Sie ihn, wenn sie behoben sind.`,
    warnings: (count) => plural(count, 'Warnung', 'Warnungen'),
    exists: (name) => `Einen Flow mit dieser Kennung gibt es schon: „${name}“, zuletzt bearbeitet`,
    how: 'Was damit geschehen soll',
    asCopy: 'Als Kopie importieren',
    replace: 'Seinen Entwurf ersetzen',
    replaceHint: 'Revisionen und Bereitstellungen bleiben, wie sie sind.',
    submit: 'Importieren',
    done: (name) => `„${name}“ ist als Entwurf importiert.`,
  },
  exported: (fileName) => `Exportiert als ${fileName}`,
};
