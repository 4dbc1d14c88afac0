import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

const executions = (count: number) => plural(count, 'Ausführung', 'Ausführungen');
const calls = (count: number) => plural(count, 'Aufruf', 'Aufrufe');
const inEnvironment = (environment: string | undefined) => (environment ? ` in ${environment}` : '');

export const exceptionTexts: Translation['exceptionTexts'] = {
  title: 'Ausnahmen',
  tabs: { label: 'Arten von Ausnahmen', 'dead-letters': 'Dead Letters', 'in-doubt': 'Ungeklärt' },
  filters: {
    node: 'Knoten',
    anyNode: 'Jeder Knoten',
    code: 'Fehlercode',
    anyCode: 'Jeder Fehler',
    state: 'Status',
    states: { open: 'Offen', replayed: 'Erneut ausgeführt', all: 'Alle' },
  },
  columns: {
    status: 'Status',
    keys: 'Schlüssel',
    flow: 'Flow',
    environment: 'Umgebung',
    node: 'Knoten',
    error: 'Was geschah',
    attempts: 'Versuche',
    failed: 'Gescheitert',
    since: 'Begonnen',
    remote: 'System',
    attempt: 'Versuch',
    lastError: 'Letzter Fehler',
    replayedBy: 'Erneut ausgeführt als',
  },
  toExecutions: 'Zu den Ausführungen',
  selection: {
    hint: 'Wählen Sie Zeilen aus, um sie zu bearbeiten, oder bearbeiten Sie alles, was der Filter findet.',
    tickAll: 'Alle in der Liste auswählen',
    tick: (name) => `${name} auswählen`,
    selected: (count) => `${executions(count)} ausgewählt`,
    clear: 'Auswahl aufheben',
    most: (most) =>
      `Höchstens ${most} können ausgewählt werden. Für mehr filtern Sie und nehmen alles, was der Filter findet.`,
  },
  deadLetters: {
    label: 'Dead Letters',
    rowName: (said, flow, error) => `${said}, ${flow}: ${error}`,
    replayAll: 'Alle gefundenen erneut ausführen …',
    replaySelected: (count) => `${executions(count)} erneut ausführen …`,
    noneTitle: (environment) => `${environment ? `In ${environment} ist` : 'Es ist'} nichts gescheitert`,
    replayedTitle: (environment, isNarrowed) =>
      `Alles, was ${isNarrowed ? 'der Filter findet' : 'gescheitert ist'}${inEnvironment(environment)}, wurde erneut ausgeführt`,
    replayedDetail:
      'Jede läuft als eigene Ausführung. Was noch einmal scheitert, kommt hierher zurück; ein Aufruf, von dem niemand weiß, ob er getan wurde, steht unter Ungeklärt.',
    showReplayed: 'Erneut ausgeführte zeigen',
    noneDetail: (days) =>
      `Was endgültig scheitert, erscheint hier innerhalb einer Sekunde, mit seinem Fehler und mit dem, was eine erneute Ausführung braucht${
        days === undefined ? '' : `, und bleibt ${plural(days, 'Tag', 'Tage')}`
      }.`,
  },
  inDoubt: {
    label: 'Ungeklärte Aufrufe',
    rowName: (said, flow, node) => `${said}, ${flow}: ${node}`,
    decideAll: 'Alle gefundenen klären …',
    decideSelected: (count) => `${executions(count)} klären …`,
    noneTitle: (environment) => `${environment ? `In ${environment} ist` : 'Es ist'} nichts ungeklärt`,
    noneDetail:
      'Ein Aufruf ist ungeklärt, wenn er begann, sein Ausgang nie festgehalten wurde und sein Ziel einen wiederholten Aufruf nicht von einem neuen unterscheiden kann.',
  },
  replayMany: {
    title: 'Dead Letters erneut ausführen',
    from: 'Ab wo',
    fromFailed: 'Vom gescheiterten Schritt',
    fromFailedHint: 'Was davor kam, wird übernommen, wie es war.',
    fromTrigger: 'Vom Auslöser',
    fromTriggerHint: 'Der ganze Flow läuft noch einmal.',
    verb: (count) => `${executions(count)} erneut ausführen`,
    found: (count) => `${executions(count)} gefunden`,
    willRun: (count) => `${count.toLocaleString('de')} können laufen`,
    skipped: (count) => `${count.toLocaleString('de')} können von dort nicht mehr erneut ausgeführt werden`,
    skippedHint: 'Was sie brauchen, wird nicht mehr aufbewahrt. Sie bleiben in dieser Liste.',
    none: 'Nichts hier kann von dort erneut ausgeführt werden. Wählen Sie eine andere Stelle oder erweitern Sie den Filter.',
  },
  decideMany: {
    title: 'Ungeklärte Aufrufe klären',
    outcome: 'Wie sind die Aufrufe ausgegangen?',
    choose: 'Klären',
    verbs: {
      done: (count) => `${calls(count)} als getan annehmen`,
      repeat: (count) => `${calls(count)} noch einmal machen`,
      fail: (count) => `${executions(count)} scheitern lassen`,
    },
    found: (count) => `${calls(count)} gefunden`,
    willRun: (count) => `${count.toLocaleString('de')} können geklärt werden`,
    skipped: (count) => `${count.toLocaleString('de')} wurden inzwischen geklärt`,
    none: 'Hier ist nichts mehr ungeklärt.',
  },
};
