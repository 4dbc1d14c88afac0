import type { HttpAnswer } from '@crossdock/connector-sdk';
import { FlowError } from '@crossdock/errors';

const DOTS = '•••';
/** Shorter ones would be found by chance all over an answer. */
const MIN_LENGTH = 6;

/** The answer with dots in place of each secret that it quotes: as it is, in base64, in a URL or in JSON. */
export function answerWithoutSecrets(answer: HttpAnswer, secrets: readonly string[]): HttpAnswer {
  const forms = formsOf(secrets);
  if (forms.length === 0) return answer;
  const bytes = Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength);
  const isQuoted = forms.some((form) => bytes.includes(form));
  return {
    status: answer.status,
    headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, withDots(value, forms)])),
    body: isQuoted
      ? Buffer.from(withDots(bytes.toString('latin1'), forms.map(asLatin1), asLatin1(DOTS)), 'latin1')
      : answer.body,
  };
}

/** The same for an error: its message, the texts of its details, and no cause, which may hold the request. */
export function errorWithoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  const forms = formsOf(secrets);
  if (!(error instanceof FlowError) || forms.length === 0) return error;
  const details = Object.fromEntries(
    Object.entries(error.details).map(([name, value]) => [
      name,
      typeof value === 'string' ? withDots(value, forms) : value,
    ]),
  );
  return new FlowError(error.code, { message: withDots(error.message, forms), details });
}

function formsOf(secrets: readonly string[]): string[] {
  const forms = secrets
    .filter((secret) => secret.length >= MIN_LENGTH)
    .flatMap((secret) => [
      secret,
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      encodeURIComponent(secret),
      new URLSearchParams({ '': secret }).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
    ]);
  // The longest first: one may be part of another.
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

function withDots(text: string, forms: readonly string[], dots = DOTS): string {
  return forms.reduce((rest, form) => (rest.includes(form) ? rest.replaceAll(form, dots) : rest), text);
}

/** Bytes of UTF-8 as one character each, so that a body of any charset keeps all its other bytes. */
const asLatin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
