export { type Inbound, startInbound } from './inbound.ts';
