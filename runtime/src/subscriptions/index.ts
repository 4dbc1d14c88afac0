export { sendEvent } from './deliver-event.ts';
export { forgetUndelivered } from './failure-rows.ts';
export { readerName } from './subscription-reader.ts';
export { type Subscriptions, startSubscriptions } from './subscriptions.ts';
