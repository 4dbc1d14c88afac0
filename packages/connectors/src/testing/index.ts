export { type Mailbox, startMailbox } from './mailbox.ts';
