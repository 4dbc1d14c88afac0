import { type DestinationStream, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import pretty from 'pino-pretty';

export type Logger = PinoLogger;

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The log of one process and the way in for lines that its workers wrote. */
export interface LogOutput {
  readonly log: Logger;
  /** Writes a JSON line of a worker as it is; any other line (a crash report of Node) as an error of that worker. */
  relay(worker: string, line: string): void;
}

/** JSON lines on stdout, or readable ones when stdout is a terminal. Nothing named like a secret is ever printed. */
export function openLog(level: LogLevel, base: Record<string, unknown> = {}): LogOutput {
  const destination: DestinationStream = process.stdout.isTTY
    ? pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' })
    : pino.destination({ dest: 1, sync: true });
  const log = pino(
    {
      level,
      base,
      timestamp: stdTimeFunctions.isoTime,
      redact: { paths: ['password', '*.password', 'secret', '*.secret', 'token', '*.token'], censor: '…' },
    },
    destination,
  );
  return {
    log,
    relay(worker, line) {
      if (line.startsWith('{"level":')) destination.write(`${line}\n`);
      else log.error({ worker, line }, 'a worker wrote to its output');
    },
  };
}
