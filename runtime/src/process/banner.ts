import type { SeedResult } from '../seed/index.ts';

export interface Banner {
  readonly url: string;
  /** Left out by starts without an API. */
  readonly seeded?: SeedResult | undefined;
  readonly curl?: string | undefined;
}

/** What a person reads after the start, as plain text between the log lines. */
export function bannerText({ url, seeded, curl }: Banner): string {
  return [
    '',
    `Crossdock is ready at ${url}`,
    ...(seeded ? signInLines(seeded) : []),
    ...(curl === undefined ? [] : ['', 'Send an order through the demo flow:', curl]),
    '',
    '',
  ].join('\n');
}

function signInLines({ email, password, isFirstStart }: SeedResult): string[] {
  if (!isFirstStart)
    return [`Sign in as ${email}, with the password that the first start printed or that was chosen since.`];
  return [
    '',
    'Open it in a browser and sign in for the first time:',
    `  E-mail:   ${email}`,
    `  Password: ${password ?? '(that of CROSSDOCK_ADMIN_PASSWORD)'}`,
    ...(password === undefined ? [] : ['Keep the password: it is shown this once.']),
  ];
}
