import { startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';

/** A record, with the second in which its transaction began. */
interface Held {
  readonly name: string;
  readonly at: number;
}

/** A server that answers what a look at `res.partner` asks an Odoo 19, by `/json/2`. */
export interface SmallOdoo {
  readonly server: TestServer;
  readonly records: Map<number, Held>;
  /** Writes a record, in a transaction that began so many seconds ago. */
  write(id: number, name: string, beganAgo?: number): void;
}

const now = (): number => Math.floor(Date.now() / 1000);
const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');

export async function startSmallOdoo(): Promise<SmallOdoo> {
  const records = new Map<number, Held>();
  const server = await startTestServer(({ url, body }, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answerOf(url, body === '' ? {} : JSON.parse(body))));
  });
  return {
    server,
    records,
    write: (id, name, beganAgo = 0) => void records.set(id, { name, at: now() - beganAgo }),
  };

  function answerOf(url: string, { domain = [], ids = [], order, limit }: Asked): unknown {
    const method = url.split('/').at(-1);
    if (method === 'version') return { version: '19.0', version_info: [19, 0, 0, 'final', 0, ''] };
    if (method === 'fields_get') return { name: { type: 'char' }, write_date: { type: 'datetime' } };
    if (method === 'search_read') return [{ value: 'the-database' }];
    if (method === 'read')
      return ids.flatMap((id) => {
        const { name, at } = records.get(id) ?? {};
        return at === undefined ? [] : [{ id, name, write_date: timeOf(at) }];
      });
    const found = [...records].filter(([id, { at }]) =>
      domain.every(([field, operator, value]) =>
        field === 'write_date'
          ? operator === '!=' || timeOf(at) >= String(value)
          : operator === 'in'
            ? (value as number[]).includes(id)
            : id > Number(value),
      ),
    );
    const sorted = found.toSorted(([a, one], [b, other]) => (order === 'id' ? a - b : other.at - one.at));
    return sorted.map(([id]) => id).slice(0, limit);
  }
}

interface Asked {
  readonly domain?: readonly (readonly [string, string, unknown])[];
  readonly ids?: readonly number[];
  readonly order?: string;
  readonly limit?: number;
}
