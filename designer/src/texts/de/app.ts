import type { Translation } from '../translation.ts';

export const appTexts: Translation['appTexts'] = {
  product: 'Crossdock',
  nav: {
    label: 'Hauptmenü',
    flows: 'Flows',
    orders: 'Aufträge',
    subscriptions: 'Abonnements',
    executions: 'Ausführungen',
    exceptions: 'Ausnahmen',
    references: 'Referenzen',
    health: 'Zustand',
    deployments: 'Bereitstellungen',
    connections: 'Verbindungen',
    settings: 'Einstellungen',
  },
  language: 'Sprache',
  skipToContent: 'Zum Inhalt springen',
  topBar: { trail: 'Sie sind hier', environment: 'Umgebung' },
  connection: {
    offline: 'Offline. Was Sie sehen, kann veraltet sein; die Verbindung wird wiederhergestellt.',
  },
  person: {
    menu: (name) => `Konto von ${name}`,
    scheme: 'Darstellung',
    schemeAuto: 'Wie das System',
    schemeLight: 'Hell',
    schemeDark: 'Dunkel',
    signOut: 'Abmelden',
  },
  roles: {
    viewer: 'Leser',
    support: 'Support',
    analyst: 'Analyst',
    operator: 'Betrieb',
    admin: 'Administration',
  },
  signIn: {
    title: 'Bei Crossdock anmelden',
    hint: 'Aufträge, von jedem System zu jedem System.',
    email: 'E-Mail',
    password: 'Passwort',
    showTyped: 'Eingabe anzeigen',
    submit: 'Anmelden',
    firstTime: 'Zum ersten Mal hier?',
    firstStart:
      'Das Terminal des ersten npm start zeigt E-Mail und Passwort der ersten Administration einmal unter „Crossdock is ready“.',
    invited: 'Eingeladen? Öffnen Sie den Link, den Sie bekommen haben: Dort wählen Sie Ihr Passwort.',
    emailMissing: 'Geben Sie Ihre E-Mail-Adresse ein.',
    passwordMissing: 'Geben Sie Ihr Passwort ein.',
    ended: 'Ihre Sitzung ist beendet. Melden Sie sich an, um dort weiterzumachen, wo Sie waren.',
  },
  notFound: {
    title: 'Diese Seite gibt es nicht',
    detail: (path) => `Unter ${path} ist nichts. Der Link ist vielleicht veraltet oder falsch geschrieben.`,
    action: 'Zu den Flows',
  },
  broken: {
    title: 'Diese Seite funktioniert nicht mehr',
    detail: 'Ein unerwarteter Fehler im Designer. Was gespeichert ist, ist sicher.',
    retry: 'Seite neu laden',
  },
};
