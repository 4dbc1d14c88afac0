/** Frame, sign-in and the pages for when something is missing or broken. */
export const appTexts = {
  product: 'Crossdock',
  nav: {
    label: 'Main',
    flows: 'Flows',
    executions: 'Executions',
    exceptions: 'Exceptions',
    health: 'Health',
    deployments: 'Deployments',
    connections: 'Connections',
    settings: 'Settings',
  },
  skipToContent: 'Skip to content',
  topBar: { trail: 'You are here', environment: 'Environment' },
  connection: {
    offline: 'Offline. What you see may be old; trying to reconnect.',
  },
  person: {
    menu: (name: string) => `Account of ${name}`,
    scheme: 'Appearance',
    schemeAuto: 'As the system',
    schemeLight: 'Light',
    schemeDark: 'Dark',
    signOut: 'Sign out',
  },
  roles: {
    viewer: 'Viewer',
    support: 'Support',
    analyst: 'Analyst',
    operator: 'Operator',
    admin: 'Admin',
  },
  signIn: {
    title: 'Sign in to Crossdock',
    hint: 'Orders, from every system to every system.',
    email: 'E-mail',
    password: 'Password',
    showTyped: 'Show what is typed',
    submit: 'Sign in',
    firstTime: 'First time here?',
    firstStart:
      'The terminal of the first npm start shows the first admin’s e-mail and password, once, below “Crossdock is ready”.',
    invited: 'Invited? Open the link that an admin sent you: it lets you choose your password.',
    emailMissing: 'Enter your e-mail address.',
    passwordMissing: 'Enter your password.',
    ended: 'Your session has ended. Sign in to go on where you were.',
  },
  notFound: {
    title: 'This page does not exist',
    detail: (path: string) => `Nothing is at ${path}. The link may be old or mistyped.`,
    action: 'Go to the flows',
  },
  broken: {
    title: 'This page stopped working',
    detail: 'An unexpected error in the designer. Your saved work is safe.',
    retry: 'Load the page again',
  },
} as const;
