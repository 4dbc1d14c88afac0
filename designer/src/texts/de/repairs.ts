import { plural } from '../plural.ts';
import type { Translation } from '../translation.ts';

const executions = (count: number) => plural(count, 'Ausführung', 'Ausführungen');

export const repairTexts: Translation['repairTexts'] = {
  replay: {
    action: 'Erneut ausführen',
    title: 'Ausführung wiederholen',
    verb: 'Erneut ausführen',
    from: 'Ab wo',
    fromTrigger: 'Vom Auslöser',
    fromTriggerHint: 'Der ganze Flow läuft noch einmal.',
    fromTriggerUndone:
      'Seine Wirkungen wurden rückgängig gemacht, deshalb muss der ganze Flow mit neuen Schlüsseln noch einmal laufen.',
    fromFailed: {
      failed: (node) => (node ? `Vom gescheiterten Schritt „${node}“` : 'Vom gescheiterten Schritt'),
      stopped: () => 'Von da, wo sie angehalten wurde',
      undoing: (node) => (node ? `Vom gescheiterten Rückgängigmachen „${node}“` : 'Vom gescheiterten Rückgängigmachen'),
    },
    fromFailedHint: {
      failed: 'Was davor kam, wird übernommen, wie es war.',
      stopped: 'Was davor kam, wird übernommen, wie es war.',
      undoing: 'Auch die übrigen Wirkungen werden rückgängig gemacht.',
    },
    fromNode: 'Von einem anderen Knoten, der lief',
    node: 'Knoten',
    nodeMissing: 'Wählen Sie den Knoten, bei dem begonnen wird.',
    payload: 'Womit sie beginnt',
    payloadHint: 'Maskierte Werte (•••), die Sie so lassen, bleiben, wie sie waren.',
    edited: 'Bearbeitet',
    restore: 'Zurück zum Original',
    original: 'Wie es war',
    payloadForbidden: 'Ihre Rolle erlaubt nicht, Nutzdaten zu sehen; es wird mit den ursprünglichen erneut ausgeführt.',
    payloadGone: 'Diese Nutzdaten werden nicht mehr aufbewahrt oder sind noch nicht eingetroffen.',
    payloadOriginal: 'Es wird mit den ursprünglichen erneut ausgeführt.',
    payloadSeveral: 'Sie geht an jeder Stelle, an der sie angehalten wurde, mit dem weiter, was dort vorlag.',
    effect: (where, revision, environment) =>
      `Läuft noch einmal ab ${where} auf ${revision}, als neue Ausführung in ${environment}.`,
    where: { trigger: 'dem Auslöser', stopped: 'der Stelle, an der sie angehalten wurde,' },
    whereNode: (node) => `„${node}“`,
    started: 'Erneut ausgeführt. Dies ist die neue Ausführung.',
  },
  revision: {
    label: 'Revision',
    same: (revision) => `Die, auf der sie lief: r${revision}`,
    sameMany: 'Die, auf der sie jeweils lief',
    deployed: (revision, environment) => `Die bereitgestellte: r${revision} in ${environment}`,
    deployedMany: 'Die bereitgestellte',
    deployedNone: (environment) => `Die bereitgestellte: keine in ${environment}`,
    other: 'Eine andere',
    pick: 'Nummer der Revision',
    long: (revision) => `Revision ${revision}`,
    longDeployed: 'der bereitgestellten Revision',
  },
  keys: {
    label: 'Schlüssel ihrer Wirkungen',
    same: 'Dieselben Schlüssel',
    sameHint: 'Ziele, die den Schlüssel kennen, tun es nicht zweimal.',
    sameUndone: 'Ziele hielten für getan, was seither rückgängig gemacht wurde.',
    fresh: 'Neue Schlüssel',
    freshHint: 'Jede Wirkung wird noch einmal getan, auch wo sie schon getan war.',
    freshWarning:
      'Aufträge, Zahlungen und Nachrichten kann es dann doppelt geben. Wählen Sie dies nur, wenn die ersten rückgängig gemacht wurden.',
    freshForbidden: 'Erfordert die Rolle Betrieb oder Administration.',
  },
  cancel: {
    action: 'Abbrechen',
    title: 'Ausführung abbrechen',
    verb: 'Ausführung abbrechen',
    dismiss: 'Laufen lassen',
    effect:
      'Nichts weiter von ihr läuft. Ein Aufruf, der unterwegs ist, wird aufgegeben und kann am Ziel noch getan werden.',
    nothingUndone: 'Was sie bisher getan hat, bleibt getan.',
    undone: (count) =>
      count === 1
        ? '1 bisherige Wirkung wird rückgängig gemacht:'
        : `${count} bisherige Wirkungen werden rückgängig gemacht, die letzte zuerst:`,
    undoneBy: (effect, by) => `${effect}, durch ${by}`,
    children: (count) =>
      `${executions(count)}, die sie gestartet hat, ${count === 1 ? 'wird' : 'werden'} auch abgebrochen.`,
    done: 'Wird abgebrochen. Sie endet innerhalb einer Sekunde.',
  },
  doubt: {
    title: (node) => `Niemand weiß, ob „${node}“ getan wurde`,
    began: 'Begonnen',
    attempt: 'Versuch',
    system: 'System',
    lastError: 'Letzter Fehler',
    input: 'Was er bekam',
    workerDied: 'Keiner: Sein Worker endete, während der Aufruf unterwegs war.',
    why: 'Der Aufruf begann, keine Antwort wurde festgehalten, und das Ziel kann einen wiederholten Aufruf nicht von einem neuen unterscheiden. Sehen Sie in jenem System nach und sagen Sie dann, was geschah.',
    forbidden: 'Ihre Rolle darf das nicht entscheiden. Fragen Sie jemanden mit der Rolle Support oder höher.',
    more: (count) =>
      `${plural(count, 'weiterer Aufruf', 'weitere Aufrufe')} dieser Ausführung ${count === 1 ? 'ist' : 'sind'} ungeklärt; sie erscheinen, wenn diese entschieden sind. Unter Ausnahmen lassen sich alle auf einmal klären.`,
    output: 'Was er ergab (JSON, darf leer sein)',
    outputHint:
      'So, wie der Knoten es gibt: {"status": 201, "body": …} bei einer HTTP-Anfrage. Die Knoten dahinter bekommen es; bleibt es leer, bekommen sie null.',
    verbs: { done: 'Wurde getan', repeat: 'Erneut aufrufen', fail: 'Scheitern lassen' },
    decide: {
      done: (node) => `„${node}“ wurde getan`,
      repeat: (node) => `„${node}“ erneut aufrufen`,
      fail: (node) => `„${node}“ scheitern lassen`,
    },
    hints: {
      done: 'Der Flow geht hinter dem Aufruf weiter, als hätte er geantwortet.',
      repeat: 'Der Aufruf wird noch einmal gemacht. War er doch getan, ist er doppelt getan.',
      fail: 'Der Knoten scheitert, und es gilt, was seine Einstellungen für Fehler sagen: Die Ausführung hält an, geht weiter oder nimmt den Fehlerzweig.',
    },
    decided: {
      done: 'Als getan angenommen. Die Ausführung geht weiter.',
      repeat: 'Der Aufruf wird noch einmal gemacht.',
      fail: 'Der Knoten ist gescheitert.',
    },
  },
  jobs: {
    title: 'Aufgaben',
    counting: 'Wird gezählt …',
    open: (atWork) => (atWork === 0 ? 'Aufgaben' : `Aufgaben, ${atWork} in Arbeit`),
    kinds: { replay: 'Erneut ausführen', resolve: 'Ungeklärte Aufrufe klären' },
    progress: (handled, total) => `${handled.toLocaleString('de')} von ${executions(total)}`,
    perSecond: (rate) => `${rate} pro s`,
    left: (time) => `noch etwa ${time}`,
    leave: 'Sie können dies verlassen; es läuft weiter. Sie finden es unter Aufgaben in der oberen Leiste.',
    by: (person) => `von ${person}`,
    stop: 'Anhalten',
    failed: (count) => `${executions(count)} ließ${count === 1 ? '' : 'en'} sich nicht bearbeiten:`,
    moreErrors: (count) => `und ${count.toLocaleString('de')} weitere`,
    ended: {
      replay: (done) => `${executions(done)} erneut ausgeführt.`,
      resolve: (done) => `${executions(done)} geklärt.`,
    },
    stoppedAt: (handled, total) => `Angehalten nach ${handled.toLocaleString('de')} von ${executions(total)}.`,
    brokeAt: (handled, total) =>
      `Abgebrochen nach ${handled.toLocaleString('de')} von ${executions(total)}. Starten Sie es erneut: Was getan ist, wird nicht doppelt getan.`,
    nothing: 'Nichts passte mehr, deshalb wurde nichts getan.',
  },
};
