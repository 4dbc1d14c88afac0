import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

export const tryoutTexts: Translation['tryoutTexts'] = {
  testName: (name) => `Test: ${name}`,
  menu: {
    label: 'Weitere Arten der Ausführung',
    samples: 'Mit dem Muster',
    step: 'Schritt für Schritt',
    real: 'Mit echten Wirkungen …',
  },
  real: {
    title: 'Mit echten Wirkungen ausführen?',
    calls: (count, env) =>
      count === 0
        ? `Kein Knoten dieses Flows ruft etwas auf. Er läuft einmal in ${env}.`
        : `${plural(count, 'Knoten', 'Knoten')} dieses Flows ${count === 1 ? 'kann' : 'können'} in ${env} Aufrufe machen, echt und sofort:`,
    without: 'ohne Verbindung',
    by: (connection) => `über die Verbindung „${connection}“`,
    unkept:
      'Nichts von dem Lauf wird aufbewahrt; er kann also später nicht erneut ausgeführt oder rückgängig gemacht werden.',
    notMade: 'Senden an NATS, Ereignisse von Aufträgen und Aufrufe anderer Flows bleiben simuliert.',
    verb: 'Mit echten Wirkungen ausführen',
  },
  bar: {
    label: 'Probelauf',
    at: (attempts) => `Angehalten nach ${attempts === 1 ? '1 Versuch' : `${attempts} Versuchen`}`,
    next: (names) => `Als Nächstes: ${names}`,
    step: 'Nächster Schritt',
    rest: 'Bis zum Ende ausführen',
    again: 'Noch einmal ausführen',
    clear: 'Lauf von der Zeichenfläche nehmen',
    real: 'Echte Wirkungen',
    simulated: 'Wirkungen simuliert',
    stale: 'Der Flow hat sich seither geändert',
    keep: 'Als Test behalten',
    kept: (name) => `„${name}“ ist jetzt ein Test dieses Flows.`,
    keptName: (sample, number) => (number === 1 ? sample : `${sample} (${number})`),
  },
  node: {
    from: 'Ab hier ausführen',
    fromHint: 'Knoten davor behalten, was sie gaben.',
    settings: 'Einstellungen, mit denen er gelaufen wäre',
    simulated: 'Nicht ausgeführt: Ein Stellvertreter hat geantwortet.',
  },
  tests: {
    title: 'Tests',
    action: 'Tests',
    command: 'Tests dieses Flows zeigen',
    none: 'Noch keine Tests',
    noneHint:
      'Führen Sie den Entwurf einmal aus und behalten Sie das als Test, oder öffnen Sie eine Ausführung und wählen Sie „Als Test behalten“. Ein Test sagt, was hereinkommt, was Knoten antworten und was daraus werden soll.',
    runAll: 'Alle ausführen',
    run: (name) => `${name} ausführen`,
    running: 'Tests laufen',
    sums: (passed, failed) =>
      failed === 0
        ? `${plural(passed, 'Test', 'Tests')}, keiner scheitert`
        : `${failed} von ${plural(passed + failed, 'Test', 'Tests')} ${failed === 1 ? 'scheitert' : 'scheitern'}`,
    notRun: 'Noch nicht ausgeführt',
    passed: 'Bestanden',
    failed: 'Gescheitert',
    differs: (count) => plural(count, 'Unterschied', 'Unterschiede'),
    expected: 'Erwartet',
    got: 'Bekommen',
    nothing: 'nichts',
    show: 'Auf der Zeichenfläche zeigen',
    accept: 'Ergebnis übernehmen',
    acceptHint: 'Der Test erwartet von jetzt an, was der Lauf ergab.',
    accepted: (name) => `„${name}“ erwartet jetzt dieses Ergebnis.`,
    tolerate: (path) => `${path} darf abweichen`,
    anything: 'Was auch immer dort steht',
    type: 'Jeder Wert dieses Typs',
    contains: 'Weitere Felder',
    remove: (name) => `${name} entfernen`,
    rename: (name) => `Name von ${name}`,
    gate: 'Nur veröffentlichen, wenn alle Tests bestanden sind',
    gateHint: 'Der Server lehnt es dann ab, einen Entwurf mit einem gescheiterten Test zu veröffentlichen.',
    unsaved: 'Der Entwurf konnte nicht gespeichert werden, deshalb liefen seine Tests nicht.',
    details: (name) => `Was in ${name} abweicht`,
  },
  dialog: {
    add: 'Test hinzufügen',
    edit: 'Test ändern',
    label: 'Der Test als JSON',
    hint: 'Was hereinkommt (Muster oder Nutzdaten), Antworten der Knoten, was erwartet wird, Toleranzen. Was unter „expect“ fehlt, wird nicht verglichen.',
    save: 'Test behalten',
    newName: (number) => `Test ${number}`,
    editTest: (name) => `${name} ändern`,
  },
  keep: {
    more: 'Weitere Arten, es zu behalten',
    sample: 'Als Muster behalten',
    test: 'Als Test behalten',
    done: (as, isMasked) =>
      `Es ist jetzt ein ${as === 'sample' ? 'Muster' : 'Test'} des Flows${isMasked ? '; maskierte Werte wurden durch erfundene ersetzt' : ''}.`,
    open: 'Flow öffnen',
  },
};
