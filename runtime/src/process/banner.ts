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
    ...(seeded?.isFirstStart ? signInLines(seeded) : []),
    ...(curl === undefined ? [] : ['', 'Send an order through the demo flow:', curl]),
    '',
    '',
  ].join('\n');
}

function signInLines({ email, password }: SeedResult): string[] {
  if (password === undefined) return [`Sign in: ${email} / (the password of CROSSDOCK_ADMIN_PASSWORD)`];
  return [`Sign in: ${email} / ${password}`, '(the password is shown this once)'];
}
