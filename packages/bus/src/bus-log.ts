/** Where the bus says what an operator should know; pino fits. */
export interface BusLog {
  debug(fields: Record<string, unknown>, text: string): void;
  info(fields: Record<string, unknown>, text: string): void;
  warn(fields: Record<string, unknown>, text: string): void;
  error(fields: Record<string, unknown>, text: string): void;
}

const silent = (): void => undefined;

/** For callers that give no log. */
export const NO_LOG: BusLog = { debug: silent, info: silent, warn: silent, error: silent };
