import { Button } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useAlarmSending, useMay, useResumeAlarmSending } from '../api/index.ts';
import { healthTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, RelativeTime } from '../ui/index.ts';
import classes from './SendingPaused.module.css';

const t = healthTexts.alarms;

/** Says that alarms are kept in after a restore, and ends that. Nothing while they are sent. */
export function SendingPaused() {
  const { data } = useAlarmSending();
  const mayWrite = useMay('alarms:write');
  const resume = useResumeAlarmSending().mutateAsync;
  if (!data || data.pausedSince === null) return null;
  const ask = () =>
    askToConfirm({
      title: t.resume,
      effect: t.resumeEffect,
      verb: t.resume,
      run: async () => {
        await resume();
        notifyDone(t.resumed);
      },
    });
  return (
    <section className={classes.note} aria-label={t.paused}>
      <IconBellOff size={16} aria-hidden />
      <p>
        <strong>{t.paused}</strong> <RelativeTime iso={data.pausedSince} /> · {t.pausedWhy}
        {!mayWrite && ` ${t.pausedForOthers}`}
      </p>
      {mayWrite && <Button onClick={ask}>{t.resume}</Button>}
    </section>
  );
}
