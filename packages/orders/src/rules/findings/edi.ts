import { nextCutOff } from '../../calendar/working-time.ts';
import type { SentDocument } from '../../fold/edi-documents.ts';
import type { OrderState } from '../../fold/order-state.ts';
import { endOf, spanText } from '../limits.ts';
import type { Cause } from '../rule.ts';
import { type Finding, isInWork, isoOf, type Look } from './finding.ts';

type CauseOf<Kind extends Cause['kind']> = Extract<Cause, { kind: Kind }>;
type Sent = SentDocument & { readonly sentAt: string };

/** Documents that nobody answers. */
export function answerFindings({ documents, within, byPartner }: CauseOf<'answer'>, { state, rule }: Look): Finding[] {
  if (!isInWork(state)) return [];
  const isMeant = ({ document = '' }: SentDocument): boolean =>
    'only' in documents ? documents.only.includes(document) : !documents.except.includes(document);
  return standing(state)
    .filter((sent) => isMeant(sent) && sent.answer === undefined)
    .map((sent) => {
      const limit = byPartner?.[sent.partner] ?? within;
      const reason = `${nameOf(sent)} was sent at ${isoOf(Date.parse(sent.sentAt))}, no answer within ${spanText(limit)}`;
      return { about: keyOf(sent), raiseAt: endOf(Date.parse(sent.sentAt), limit, rule.calendar), reason };
    });
}

/** Documents that were refused and not sent again. */
export function refusalFindings({ state }: Look): Finding[] {
  const isRenewed = (refused: SentDocument): boolean =>
    sentOnes(state).some((other) => isSame(other, refused) && isLater(other.sentAt, refused.answeredAt));
  return state.edi.sent
    .filter((sent) => sent.answer === 'rejected' && !isRenewed(sent))
    .map((sent) => ({
      about: keyOf(sent),
      raiseAt: Date.parse(sent.answeredAt!),
      reason: `${nameOf(sent)} was refused${sent.reason === undefined ? '' : `: ${sent.reason}`}`,
    }));
}

/** Documents after which nothing followed by the cut-off. A calendar without one has no such limit. */
export function replyFindings({ to, by }: CauseOf<'reply'>, { state, rule }: Look): Finding[] {
  if (!isInWork(state) || state.fulfilment.shipped.state === 'reached') return [];
  return standing(state).flatMap((sent) => {
    const raiseAt = sent.document === to ? nextCutOff(rule.calendar, Date.parse(sent.sentAt)) : undefined;
    if (raiseAt === undefined || isFollowed(sent, by, state)) return [];
    const reason = `${nameOf(sent)} was sent at ${isoOf(Date.parse(sent.sentAt))}, no ${by} by the cut-off`;
    return [{ about: keyOf(sent), raiseAt, reason }];
  });
}

function isFollowed({ about, sentAt }: Sent, by: string, { edi, shipments }: OrderState): boolean {
  const isReported = edi.received.some(
    (one) =>
      one.document === by &&
      (about === undefined || one.about === undefined || one.about === about) &&
      isLater(one.receivedAt, sentAt),
  );
  return isReported || shipments.some(({ key, shippedAt }) => key === about && shippedAt !== undefined);
}

const sentOnes = ({ edi }: OrderState): Sent[] => edi.sent.filter((one): one is Sent => one.sentAt !== undefined);

/** What was not sent again since. */
function standing(state: OrderState): Sent[] {
  const all = sentOnes(state);
  return all.filter((one) => !all.some((other) => isSame(other, one) && isLater(other.sentAt, one.sentAt)));
}

/** Whether two documents are one, sent again. */
const isSame = (a: SentDocument, b: SentDocument): boolean =>
  a.control !== b.control && a.partner === b.partner && a.document === b.document && a.about === b.about;

const isLater = (a: string, b: string | undefined): boolean => b !== undefined && Date.parse(a) > Date.parse(b);

const keyOf = ({ partner, control }: SentDocument): string => `${partner}/${control}`;

const nameOf = ({ partner, control, document = 'document' }: SentDocument): string =>
  `${document} ${control} to ${partner}`;
