import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

export const editorTexts: Translation['editorTexts'] = {
  loading: 'Flow wird geladen',
  back: 'Flows',
  undo: 'Rückgängig',
  redo: 'Wiederherstellen',
  readOnly: 'Sie dürfen diesen Flow lesen, aber nicht ändern.',
  save: {
    saved: 'Gespeichert',
    savedBy: (who) => `Gespeichert · ${who}`,
    saving: 'Wird gespeichert …',
    unsaved: 'Nicht gespeicherte Änderungen',
    offline: 'Offline – wird erneut versucht',
    conflict: 'Konflikt',
    refused: 'Nicht gespeichert',
    retry: 'Erneut versuchen',
    taken: (who) => `${who} hat einen neueren Stand gespeichert; er wird jetzt gezeigt.`,
  },
  presence: {
    title: 'Wer diesen Flow auch offen hat',
    at: (who, node) => `${who} ist bei „${node}“. Dorthin gehen.`,
    here: (who) => `${who} hat diesen Flow offen`,
    more: (count) => `${count} weitere haben diesen Flow offen`,
  },
  conflict: {
    title: (who) => `${who} hat diesen Flow gespeichert, während Sie ihn geändert haben`,
    choose: 'Beides zusammenführen',
    clean: 'Die Änderungen berühren sich nicht: Beide können bleiben.',
    clashes: (count) =>
      count === 1 ? 'Eines wurde von beiden geändert: Wählen Sie.' : `${count} wurden von beiden geändert: Wählen Sie.`,
    theirChanges: (who) => `${who} hat geändert`,
    myChanges: 'Sie haben geändert',
    theirs: (who) => `Wie bei ${who}`,
    mine: 'Wie bei Ihnen',
    absent: 'Nicht da',
    removed: 'Entfernt',
    kept: 'Behalten',
    wholeNode: 'der ganze Knoten',
    group: (title) => `Die Gruppe „${title}“`,
    note: (start) => `Die Notiz „${start}“`,
    renamed: (name, to) => `Beide haben „${name}“ hinzugefügt; Ihres heißt jetzt „${to}“.`,
    merge: 'Beides speichern',
    onlyTheirs: 'Nur das andere',
    onlyMine: 'Nur meines',
    export: 'Meines exportieren',
    undoHint: 'Rückgängig holt zurück, was Sie jetzt haben.',
  },
  file: {
    differs: (path) => `${path} weicht von diesem Entwurf ab.`,
    import: 'Datei importieren',
    export: 'Entwurf exportieren',
    imported: 'Die Datei wurde übernommen. Rückgängig holt den früheren Stand zurück.',
    unreadable: 'Die Datei ist kein Flow',
  },
  canvas: {
    insertNeeds: 'Wählen Sie einen Knoten und die Kante aus, in der er stehen soll.',
    nothing:
      'Die Zwischenablage enthält keine Knoten. Kopieren Sie welche auf einer Zeichenfläche oder den Text einer Flow-Datei und fügen Sie erneut ein.',
    unreadable: (reason) =>
      `Die Zwischenablage enthält keine lesbaren Knoten: ${reason}. Kopieren Sie sie erneut, und zwar den ganzen Text.`,
    empty: 'Der Flow in der Zwischenablage hat keine Knoten, es gibt also nichts einzufügen.',
  },
  shortcuts: {
    title: 'Tastenkürzel',
    groups: [
      {
        title: 'Gehen',
        rows: [
          { keys: ['Strg', 'K'], does: 'Flows, Aufträge, Seiten, Befehle und Texte in allen Flows finden' },
          { keys: ['Strg', 'F'], does: 'In diesem Flow suchen: Namen, Kennungen, Typen und Texte der Einstellungen' },
          { keys: ['/'], does: 'Knotentypen in der Palette suchen' },
          { keys: ['F1'], does: 'In der Palette: was der Knotentyp tut' },
          { keys: ['Tab'], does: 'Zum nächsten Knoten, den Kanten entlang' },
          {
            keys: ['Strg', 'M'],
            does: 'Im Text einer Zuordnung: Tab verlässt ihn und rückt nicht mehr ein; noch einmal nimmt das zurück',
          },
          { keys: ['?'], does: 'Diese Liste zeigen' },
        ],
      },
      {
        title: 'Auswählen',
        rows: [
          { keys: ['Eingabe'], does: 'Knoten oder Kante mit dem Fokus auswählen; mit Umschalt zusätzlich' },
          { keys: ['Strg', 'A'], does: 'Alles auswählen' },
          { keys: ['Umschalt', 'Klick'], does: 'Zur Auswahl hinzufügen oder aus ihr nehmen' },
          { keys: ['Umschalt', 'Ziehen'], does: 'Mit einem Rahmen auswählen' },
          { keys: ['Esc'], does: 'Nichts auswählen' },
        ],
      },
      {
        title: 'Zeichnen',
        rows: [
          { keys: ['N'], does: 'Was als Nächstes kommt: ein neuer Knoten oder einer zum Verbinden' },
          { keys: ['R'], does: 'Ausgewählten Knoten durch einen anderen Typ ersetzen' },
          { keys: ['↑ ↓ ← →'], does: 'Ausgewählte Knoten verschieben; mit Umschalt weiter' },
          { keys: ['Alt', 'Umschalt', '↑ ↓ ← →'], does: 'Ausgewählte Knoten an dieser Seite ausrichten' },
          { keys: ['Alt', 'Umschalt', 'C'], does: 'Ihre Mitten senkrecht ausrichten; mit M waagerecht' },
          {
            keys: ['Alt', 'Umschalt', 'H'],
            does: 'Abstände von links nach rechts angleichen; mit V von oben nach unten',
          },
          { keys: ['Alt', 'Umschalt', 'E'], does: 'Ausgewählten Knoten in die ausgewählte Kante setzen' },
          {
            keys: ['Alt', 'Umschalt', 'F'],
            does: 'Aus den ausgewählten Knoten einen Flow machen und ihn dort aufrufen',
          },
          { keys: ['Strg', 'G'], does: 'Ausgewählte Knoten gruppieren; mit Umschalt Gruppe auflösen' },
          { keys: ['Entf'], does: 'Ausgewähltes löschen' },
          {
            keys: ['Alt', 'Umschalt', 'N'],
            does: 'Notiz hinzufügen; an ihrem Griff verschieben die Pfeile sie, mit Umschalt ändern sie die Größe',
          },
        ],
      },
      {
        title: 'Kopieren',
        rows: [
          { keys: ['Strg', 'C'], does: 'Ausgewählte Knoten kopieren, auch als Text für eine Mail' },
          { keys: ['Strg', 'X'], does: 'Ausschneiden' },
          { keys: ['Strg', 'V'], does: 'Knoten oder den Text einer Flow-Datei einfügen' },
          { keys: ['Strg', 'D'], does: 'Ausgewählte Knoten duplizieren' },
        ],
      },
      {
        title: 'Rückgängig',
        rows: [
          { keys: ['Strg', 'Z'], does: 'Rückgängig' },
          { keys: ['Strg', 'Umschalt', 'Z'], does: 'Wiederherstellen' },
        ],
      },
    ],
  },
  commands: {
    heading: 'Dieser Flow',
    save: 'Jetzt speichern',
    selectAll: 'Alles auswählen',
    group: 'Ausgewählte Knoten gruppieren',
    collapse: 'Aus den ausgewählten Knoten einen Flow machen',
    add: (title) => `Knoten hinzufügen: ${title}`,
  },
  collapse: {
    title: (nodes) => `Aus ${plural(nodes, 'Knoten', 'Knoten')} einen Flow machen`,
    effect:
      'Sie werden ein eigener Flow, und an ihrer Stelle steht ein Knoten „Call flow“. Rückgängig holt sie hierher zurück; der neue Flow bleibt in der Liste.',
    submit: 'Flow anlegen',
    done: (name) =>
      `„${name}“ ist angelegt. Veröffentlichen und stellen Sie ihn bereit, bevor Sie den Flow bereitstellen, der ihn aufruft.`,
  },
  search: {
    action: 'In diesem Flow suchen',
    label: 'In diesem Flow suchen',
    placeholder: 'Name, Kennung, Typ, Einstellung, Gruppe oder Notiz',
    fields: { group: 'Titel der Gruppe', note: 'Text' },
    count: (at, hits) => (hits === 0 ? 'Nichts' : `${at} von ${hits}`),
    previous: 'Vorherige Stelle',
    next: 'Nächste Stelle',
    open: 'Feld öffnen',
    openGroup: 'Gruppe auswählen',
    openNote: 'In der Notiz schreiben',
    close: 'Suche beenden',
  },
  ask: {
    next: 'Was kommt als Nächstes?',
    join: 'Mit einem Knoten dieses Flows verbinden',
    replace: 'Ersetzen durch',
    dropped: (fields, edges) =>
      `Ersetzt. ${[
        fields.length > 0 ? `Einstellungen, die nicht passen, fielen weg: ${fields.join(', ')}.` : '',
        edges > 0
          ? `${plural(edges, 'Kante', 'Kanten')} ${edges === 1 ? 'hatte' : 'hatten'} keinen Anschluss mehr.`
          : '',
      ]
        .filter(Boolean)
        .join(' ')} Rückgängig holt alles zurück.`,
  },
  empty: {
    title: 'Beginnen Sie mit einem Auslöser',
    detail:
      'Ein Auslöser startet den Flow. Fügen Sie einen hinzu oder nehmen Sie einen Flow aus einer Vorlage oder einer Datei.',
    template: 'Mit einer Vorlage beginnen',
    import: 'Datei importieren',
  },
  run: {
    action: 'Einmal ausführen',
    command: 'Einmal mit einem Muster ausführen',
    noSamples: 'Fügen Sie zuerst ein Muster hinzu',
    addSample: 'Muster hinzufügen',
    simulated: 'Wirkungen werden simuliert',
    done: (status, duration) => `Probelauf: ${status} in ${duration}`,
    failed: (node) => `Gescheitert bei ${node}`,
    unsaved: 'Der Entwurf konnte nicht gespeichert werden und wurde deshalb nicht ausgeführt.',
  },
  publish: {
    command: 'Revision veröffentlichen',
    action: 'Veröffentlichen',
    title: 'Revision veröffentlichen',
    message: 'Was hat sich geändert?',
    placeholder: 'Für alle, die die Liste der Revisionen lesen',
    submit: 'Veröffentlichen',
    invalid: (errors) => `${plural(errors, 'Fehler steht', 'Fehler stehen')} im Weg:`,
    unsaved: 'Der Entwurf konnte nicht gespeichert werden und wurde deshalb nicht veröffentlicht.',
    done: (revision) => `Als Revision ${revision} veröffentlicht.`,
    unchanged: (revision) => `Seit Revision ${revision} hat sich nichts geändert; sie bleibt die neueste.`,
  },
  deploy: {
    command: 'In einer Umgebung bereitstellen',
    action: 'Bereitstellen',
    forbidden: 'Ihre Rolle stellt nicht bereit. Fragen Sie jemanden mit der Rolle Analyst oder Betrieb.',
    showHooks: 'Seine Hooks zeigen',
    done: (revision, env) => `Revision ${revision} ist in ${env} in Betrieb`,
    hook: 'Hook',
    curl: 'Ausprobieren',
    close: 'Fertig',
  },
  live: {
    nowhere: 'Nirgends bereitgestellt',
    revision: (revision) => `Revision ${revision}`,
  },
  menu: {
    label: 'Mehr',
    rename: 'Umbenennen',
    duplicate: 'Duplizieren',
    export: 'Als Datei exportieren',
    import: 'Datei importieren',
    revisions: 'Revisionen',
    shortcuts: 'Tastenkürzel',
    remove: 'Löschen',
  },
  rename: { title: 'Flow umbenennen', name: 'Name', submit: 'Umbenennen' },
  remove: {
    title: 'Flow löschen',
    effect: (name, revisions) =>
      `„${name}“ wird mit Entwurf und ${plural(revisions, 'Revision', 'Revisionen')} gelöscht. Seine Ausführungen bleiben lesbar.`,
    verb: 'Löschen',
  },
  revisions: {
    title: 'Revisionen',
    none: 'Noch nichts veröffentlicht. Veröffentlichen ergibt die erste Revision.',
    shown: (revision) => `Revision ${revision}, nur zum Lesen`,
    backToDraft: 'Zurück zum Entwurf',
    noMessage: 'Ohne Beschreibung',
    restore: 'Zum Entwurf machen',
    restored: (revision) => `Der Entwurf ist jetzt wie Revision ${revision}.`,
  },
  issues: {
    title: 'Probleme',
    none: 'Keine Probleme',
    count: (errors, warnings) =>
      [
        errors > 0 ? plural(errors, 'Fehler', 'Fehler') : '',
        warnings > 0 ? plural(warnings, 'Warnung', 'Warnungen') : '',
      ]
        .filter(Boolean)
        .join(', '),
    ofFlow: 'Flow',
    hide: 'Probleme ausblenden',
  },
};
