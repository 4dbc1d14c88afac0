import type { Clock } from '../ports.ts';

interface Alarm {
  at: number;
  ring(): void;
}

/** Time that stands still until it is moved: sleeps end in the order of their due times. */
export class VirtualClock implements Clock {
  private time: number;
  private readonly alarms = new Set<Alarm>();

  constructor(startsAt: number = Date.parse('2026-01-01T00:00:00.000Z')) {
    this.time = startsAt;
  }

  now(): number {
    return this.time;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const alarm: Alarm = {
        at: this.time + ms,
        ring: () => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        },
      };
      const giveUp = (): void => {
        this.alarms.delete(alarm);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      this.alarms.add(alarm);
    });
  }

  after(ms: number, call: () => void): () => void {
    const alarm: Alarm = { at: this.time + ms, ring: call };
    this.alarms.add(alarm);
    return () => this.alarms.delete(alarm);
  }

  /** When the next sleep ends, if one is under way. */
  nextAlarm(): number | undefined {
    return this.alarms.size === 0 ? undefined : Math.min(...[...this.alarms].map(({ at }) => at));
  }

  /** Moves time on and ends the sleeps that are due by then. */
  moveTo(time: number): void {
    this.time = Math.max(this.time, time);
    const due = [...this.alarms].filter(({ at }) => at <= this.time).sort((a, b) => a.at - b.at);
    for (const alarm of due) {
      this.alarms.delete(alarm);
      alarm.ring();
    }
  }
}
