import { factsOf, SCHEME_NAMES, type Scheme } from './schemes.ts';

/** A hook's settings, as its trigger's config holds them. */
export type HookConfig = Readonly<Record<string, unknown>>;

/** The scheme by which a hook knows its sender; undefined for an open one. */
export const schemeOf = ({ authentication }: HookConfig): Scheme | undefined =>
  SCHEME_NAMES.find((scheme) => scheme === authentication);

/** Name of the header (or query parameter) that carries signature or credential, as a sender writes it. */
export function carrierOf(config: HookConfig, scheme: Scheme): string {
  if (scheme === 'api-key') return String(config.apiKeyName ?? 'X-API-Key');
  const { header = '', renames } = factsOf(scheme);
  return renames && typeof config.signatureHeader === 'string' ? config.signatureHeader : header;
}

/**
 * Shell lines (POSIX, curl, openssl) that call a hook as its sender would. The secret is asked for in a variable: nobody reads it back from here.
 * @param body JSON; undefined for a method without one
 */
export function hookCurl(call: { url: string; method: string; config: HookConfig; body: string | undefined }): string {
  const { url, method, config, body } = call;
  const scheme = schemeOf(config);
  const data = body === undefined ? '' : " -H 'content-type: application/json' --data-binary";
  if (scheme === undefined)
    return `curl -X ${method} ${quoted(url)}${body === undefined ? '' : `${data} ${quoted(body)}`}`;
  const { before, options } = proofOf(scheme, config);
  const isInQuery = scheme === 'api-key' && config.apiKeyIn === 'query';
  const address = isInQuery ? `${quoted(`${url}?${carrierOf(config, scheme)}=`)}"$SECRET"` : quoted(url);
  return [
    `SECRET='…'${body === undefined ? '' : ` BODY=${quoted(body)}`}`,
    ...before,
    `curl -X ${method} ${address}${isInQuery ? '' : ` ${options}`}${body === undefined ? '' : `${data} "$BODY"`}`,
  ].join('\n');
}

const BASE64_HMAC = (content: string) =>
  `SIG=$(printf %s "${content}" | openssl dgst -sha256 -hmac "$SECRET" -binary | base64 -w0)`;
const HEX_HMAC = (content: string) =>
  `SIG=$(printf %s "${content}" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)`;

function proofOf(scheme: Scheme, config: HookConfig): { before: string[]; options: string } {
  const name = carrierOf(config, scheme);
  switch (scheme) {
    case 'standard-webhooks':
      return {
        before: [
          'T=$(date +%s) ID=msg_$(openssl rand -hex 8)',
          `KEY=$(printf %s "\${SECRET#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \\n')`,
          'SIG=$(printf %s "$ID.$T.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | base64 -w0)',
        ],
        options: '-H "webhook-id: $ID" -H "webhook-timestamp: $T" -H "webhook-signature: v1,$SIG"',
      };
    case 'shopify':
    case 'woocommerce':
      return { before: [BASE64_HMAC('$BODY')], options: `-H "${name}: $SIG"` };
    case 'github':
      return { before: [HEX_HMAC('$BODY')], options: `-H "${name}: sha256=$SIG"` };
    case 'stripe':
      return { before: ['T=$(date +%s)', HEX_HMAC('$T.$BODY')], options: `-H "${name}: t=$T,v1=$SIG"` };
    case 'basic':
      return { before: [], options: '-u \'USER:\'"$SECRET"' };
    case 'bearer':
      return { before: [], options: '-H "authorization: Bearer $SECRET"' };
    case 'api-key':
      return { before: [], options: `-H "${name}: $SECRET"` };
  }
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
