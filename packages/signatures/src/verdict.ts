/** Why a request is refused. For metrics and logs: the sender hears only that it is. */
export type Refusal = 'missing' | 'repeated' | 'malformed' | 'late' | 'early' | 'mismatch';

/** What came of a check. */
export type Verdict =
  | {
      readonly ok: true;
      /** The same for a request that is sent again, and for no other; none where the scheme signs nothing. */
      readonly once?: string;
    }
  | { readonly ok: false; readonly reason: Refusal };

/** The head of a request, before its body is read. */
export interface RequestHead {
  /** Every value of each header, names in lower case; values as the bytes that came, one character each. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly query: URLSearchParams;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** What the head alone says: a verdict, or what the body is to be checked against. */
export type HeadCheck = Verdict | ((body: Uint8Array) => Verdict);

/** Checks requests against prepared secrets. Never throws for anything that a sender may send. */
export type Verifier = (head: RequestHead) => HeadCheck;

export const refused = (reason: Refusal): Verdict => ({ ok: false, reason });

/** The one value of a header; a refusal where it is missing, empty or there twice: two would leave open which one counts. */
export function onlyHeader({ headers }: RequestHead, name: string): { value: string } | { refusal: Verdict } {
  const values = headers[name] ?? [];
  const value = values[0]?.trim();
  if (value === undefined || value === '') return { refusal: refused('missing') };
  return values.length > 1 ? { refusal: refused('repeated') } : { value };
}
