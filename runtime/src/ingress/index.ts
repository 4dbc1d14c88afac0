export { createIngress, type IngressOptions } from './ingress.ts';
