export interface Banner {
  readonly url: string;
  readonly email?: string | undefined;
  /** Only when it was made up now: this is the one time it can be read. */
  readonly password?: string | undefined;
  readonly curl?: string | undefined;
}

/** What a person reads after the start, as plain text between the log lines. */
export function bannerText({ url, email, password, curl }: Banner): string {
  return [
    '',
    `Crossdock is ready at ${url}`,
    ...(email === undefined || password === undefined ? [] : [`Sign in: ${email} / ${password}`, '(shown this once)']),
    ...(curl === undefined ? [] : ['', 'Send an order through the demo flow:', curl]),
    '',
    '',
  ].join('\n');
}
