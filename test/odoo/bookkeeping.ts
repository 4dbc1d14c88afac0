import { startTestServer, type TestServer } from '@crossdock/connector-sdk/testing';

/** An invoice as Xero takes it. */
export interface Bill {
  readonly InvoiceNumber: string;
  readonly Reference: string;
  readonly Contact: { readonly ContactNumber: string; readonly Name: string };
  readonly CurrencyCode: string;
  readonly LineItems: readonly {
    readonly Quantity: number;
    readonly LineAmount: number;
    readonly TaxAmount?: number;
  }[];
}

export interface Bookkeeping {
  readonly url: string;
  /** In the order of arrival. */
  readonly bills: readonly Bill[];
  /** Adds so many cents to the total of whatever comes next. */
  miscount(cents: number): void;
  close(): Promise<void>;
}

/** Bookkeeping that takes invoices as Xero does: the total is what its lines come to, tax exclusive, and the same key books nothing twice. */
export async function startBookkeeping(): Promise<Bookkeeping> {
  const bills: Bill[] = [];
  const answers = new Map<string, object>();
  let miscounted = 0;
  const book = (bill: Bill): object => {
    bills.push(bill);
    const cents = bill.LineItems.reduce(
      (sum, line) => sum + Math.round(100 * (line.LineAmount + (line.TaxAmount ?? 0))),
      0,
    );
    const Total = ((cents + miscounted) / 100).toFixed(2);
    miscounted = 0;
    return { InvoiceID: `X-${bill.InvoiceNumber}`, InvoiceNumber: bill.InvoiceNumber, Status: 'AUTHORISED', Total };
  };
  const server: TestServer = await startTestServer(({ headers, body }, response) => {
    const { Invoices } = JSON.parse(body) as { Invoices: Bill[] };
    const key = headers['idempotency-key'] ?? '';
    const answer = answers.get(key) ?? { Invoices: Invoices.map(book) };
    answers.set(key, answer);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  return {
    ...{ url: server.url, bills, close: () => server.close() },
    miscount(cents) {
      miscounted = cents;
    },
  };
}
