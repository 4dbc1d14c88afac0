import { cronInWords, cronProblem, nextTick, type Schedule, timeZoneProblem } from '@crossdock/flow-model';
import { TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { inspectorTexts } from '../../texts/index.ts';
import { locale } from '../../texts/language.ts';
import { formatExact } from '../../ui/index.ts';

const texts = inspectorTexts.cron;
const SHOWN_TICKS = 5;
const PRESETS = ['*/15 * * * *', '0 * * * *', '0 6 * * *', '0 6 * * 1-5', '0 6 * * 1', '0 22 L * *'];

/** A cron expression, with what it says in words and when it comes next. */
export function CronInput({
  id,
  value,
  timeZone,
  dst,
  locked,
  onChange,
}: {
  id: string;
  value: string;
  timeZone: string;
  dst: NonNullable<Schedule['dst']>;
  locked: boolean;
  onChange: (cron: string) => void;
}) {
  const isGood = value !== '' && cronProblem(value) === undefined;
  const words = isGood ? cronInWords(value) : undefined;
  return (
    <div className="cd-cron">
      <TextInput
        id={id}
        value={value}
        disabled={locked}
        placeholder="0 6 * * 1-5"
        autoComplete="off"
        spellCheck={false}
        classNames={{ input: 'cd-mono' }}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {locked ? null : (
        <fieldset className="cd-cron-presets" aria-label={texts.presets}>
          {PRESETS.map((cron) => (
            <button key={cron} type="button" aria-pressed={cron === value} onClick={() => onChange(cron)} title={cron}>
              {cronInWords(cron)}
            </button>
          ))}
        </fieldset>
      )}
      {isGood ? (
        <div className="cd-note" data-testid="cron-next">
          {words ? <strong>{words}</strong> : null}
          <NextTicks cron={value} timeZone={timeZone} dst={dst} />
        </div>
      ) : null}
    </div>
  );
}

function NextTicks({ cron, timeZone, dst }: Required<Schedule>) {
  const ticks = useMemo(
    () => (timeZoneProblem(timeZone) === undefined ? ticksFrom({ cron, timeZone, dst }) : undefined),
    [cron, timeZone, dst],
  );
  if (ticks === undefined) return <p className="cd-dim">{texts.unknownZone}</p>;
  if (ticks.length === 0) return <p className="cd-dim">{texts.none}</p>;
  const format = new Intl.DateTimeFormat(locale(), {
    timeZone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: ticks.some((tick) => tick.getUTCSeconds() !== 0) ? '2-digit' : undefined,
    timeZoneName: 'short',
  });
  return (
    <>
      <span className="cd-dim">{texts.next(timeZone)}</span>
      <ol className="cd-cron-ticks cd-num">
        {ticks.map((tick) => (
          <li key={tick.getTime()}>
            <time dateTime={tick.toISOString()} title={formatExact(tick.toISOString())}>
              {format.format(tick)}
            </time>
          </li>
        ))}
      </ol>
    </>
  );
}

function ticksFrom(schedule: Schedule): Date[] {
  const ticks: Date[] = [];
  for (let at: Date | undefined = new Date(); at && ticks.length < SHOWN_TICKS; ) {
    at = nextTick(schedule, at);
    if (at) ticks.push(at);
  }
  return ticks;
}
