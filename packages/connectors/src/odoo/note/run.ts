import type { RunNode } from '@crossdock/connector-sdk';
import { openClient } from '../open-client.ts';
import type { odooNote } from './manifest.ts';

export const runOdooNote: RunNode<typeof odooNote> = async (_input, context) => {
  const { model, id, text, link } = context.config;
  const { client } = await openClient(context);
  // A Message-Id (RFC 5322), which Odoo keeps as it is.
  const message_id = `<${context.idempotencyKey}@crossdock>`;
  const domain = [
    ['message_id', '=', message_id],
    ['model', '=', model],
    ['res_id', '=', id],
  ];
  const [found] = (await client.call({
    model: 'mail.message',
    method: 'search',
    args: { domain, limit: 1 },
  })) as number[];
  if (found !== undefined) return context.emit('out', { messageId: found, wasThere: true });
  const posted = (await client.call({
    ...{ model, method: 'message_post', ids: [id] },
    args: {
      ...{ body: bodyOf(text, link), message_type: 'comment', subtype_xmlid: 'mail.mt_note', message_id },
      // Up to 16 every body is HTML.
      ...(client.major >= 17 ? { body_is_html: true } : {}),
    },
  })) as number | readonly [number];
  context.emit('out', { messageId: typeof posted === 'number' ? posted : posted[0], wasThere: false });
};

function bodyOf(text: string, link: string | undefined): string {
  const lines = escaped(text).replaceAll(/\r?\n/g, '<br>');
  return link === undefined ? `<p>${lines}</p>` : `<p>${lines}<br><a href="${escaped(link)}">${escaped(link)}</a></p>`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
