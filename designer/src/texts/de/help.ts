import type { Translation } from '../translation.ts';

export const helpTexts: Translation['helpTexts'] = {
  menu: 'Hilfemenü',
  title: 'Hilfe: Knoten und Fehler',
  search: 'Knotentypen und Fehler suchen',
  nothing: (query) => `Nichts zu „${query}“. Versuchen Sie den Namen eines Systems oder den Code eines Fehlers.`,
  back: 'Alle Themen',
  helpWith: (title) => `Hilfe: ${title}`,
  about: (title) => `Was „${title}“ tut`,
  groups: {
    trigger: 'Auslöser',
    transform: 'Umwandlungen',
    control: 'Steuerung',
    action: 'Aktionen',
    error: 'Fehler und was zu tun ist',
  },
  unknownType: (type) => `Einen Knotentyp „${type}“ gibt es hier nicht.`,
  unknownError: (code) => `Kein Fehler hat den Code ${code}. Er ist vielleicht aus einem neueren Crossdock.`,
  settings: 'Einstellungen',
  required: 'erforderlich',
  fallback: (value) => `standardmäßig \`${value}\``,
  suchAs: (examples) => `etwa ${examples.map((example) => `\`${example}\``).join(', ')}`,
  simulated: 'Ausgabe, solange Wirkungen simuliert werden',
  examples: 'Beispiele',
  useExample: 'Übernehmen',
  used: 'Beispiel übernommen.',
  errors: 'Fehler, mit denen er enden kann, und was zu tun ist',
  says: 'Meldung',
  retried: 'Wird wiederholt',
  status: 'HTTP-Status, wo er eine Anfrage beantwortet',
  from: 'Kann kommen von',
  slots: '{…} steht für eine Einzelheit des jeweiligen Falls.',
  tour: {
    welcome: 'Willkommen bei Crossdock',
    offer:
      'Crossdock verbindet die Systeme, durch die ein Auftrag geht. In zwei Minuten sehen Sie, wo Flows gezeichnet, erprobt und bereitgestellt werden und wo Sie sehen, was aus jedem Auftrag wurde. Die Tour finden Sie auch später im Hilfemenü.',
    decline: 'Nicht jetzt',
    start: 'Tour beginnen',
    skip: 'Tour beenden',
    back: 'Zurück',
    next: 'Weiter',
    done: 'Fertig',
    count: (at, of) => `${at} von ${of}`,
    steps: {
      pages: {
        title: 'Die Seiten',
        text: 'Hier werden Flows gezeichnet, Aufträge und Ausführungen angesehen, Ausnahmen behoben und Bereitstellungen entschieden. Das Zeichen oben führt zurück zu den Flows.',
      },
      search: {
        title: 'Alles finden',
        text: 'Strg-K von überall: ein Flow, ein Auftrag über jede seiner Nummern, eine Seite, ein Befehl, die Hilfe eines Knotens, ein Text in allen Flows.',
      },
      environment: {
        title: 'Wo Sie sind',
        text: 'dev, test und prod haben eigene Bereitstellungen, Verbindungen und Variablen. Der Rand dieser Leiste ist in test gelb und in prod rot.',
      },
      palette: {
        title: 'Knoten zum Zeichnen',
        text: 'Klicken Sie einen an oder ziehen Sie ihn auf die Zeichenfläche; das Fragezeichen sagt, was er tut. Ein Schrägstrich führt zur Suche.',
      },
      canvas: {
        title: 'Der Flow',
        text: 'Ziehen Sie vom rechten Rand eines Knotens zum linken des nächsten. Legen Sie einen Knoten auf einer Linie ab, um ihn dazwischenzusetzen. Alles lässt sich rückgängig machen, und der Entwurf speichert sich selbst.',
      },
      inspector: {
        title: 'Was ausgewählt ist',
        text: 'Die Einstellungen eines Knotens, sein Mapping, was er bei einem Fehler tut, wie es ihm im letzten Lauf ging, und seine Dokumentation. Ist nichts ausgewählt: die Einstellungen des Flows.',
      },
      actions: {
        title: 'Erproben, veröffentlichen, bereitstellen',
        text: 'Einmal ausführen erprobt den Entwurf mit einem Muster und wirkt nicht nach außen. Veröffentlichen macht eine Revision daraus, Bereitstellen nimmt eine Revision in Betrieb.',
      },
      executions: {
        title: 'Was aus jedem Auftrag wurde',
        text: 'Jede Ausführung, zu finden über ihre Geschäftsschlüssel. Öffnen Sie eine, um zu sehen, was jeder Knoten bekam und gab.',
      },
      exceptions: {
        title: 'Was jemanden braucht',
        text: 'Was gescheitert oder ungeklärt ist, wartet hier, mit der Ursache und dem, was zu tun ist. Führen Sie eine oder alle erneut aus, wenn die Ursache behoben ist.',
      },
      help: {
        title: 'Hier ist Hilfe',
        text: 'Die Seiten aller Knotentypen, jeder Fehler mit dem, was zu tun ist, und noch einmal diese Tour.',
      },
    },
  },
};
