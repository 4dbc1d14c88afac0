import { MIN_PASSWORD_LENGTH } from '@crossdock/api-contract';
import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useChangeMyPassword } from '../api/index.ts';
import { accountTexts } from '../texts/index.ts';
import { notifyDone, ProblemNote } from '../ui/index.ts';
import classes from './AccountPage.module.css';

const t = accountTexts.password;
const EMPTY = { current: '', new: '', again: '' };

/** A new password for the old one. */
export function PasswordForm() {
  const change = useChangeMyPassword();
  const [typed, setTyped] = useState(EMPTY);
  const [touched, setTouched] = useState(false);
  const problems = {
    current: typed.current === '' ? t.currentMissing : undefined,
    new: typed.new.length < MIN_PASSWORD_LENGTH ? t.tooShort : undefined,
    again: typed.again === typed.new ? undefined : t.different,
  };
  const submit = () => {
    setTouched(true);
    if (Object.values(problems).some(Boolean)) return;
    change.mutate(
      { current: typed.current, new: typed.new },
      {
        onSuccess: () => {
          notifyDone(t.changed);
          setTyped(EMPTY);
          setTouched(false);
        },
      },
    );
  };
  const field = (name: keyof typeof EMPTY, autoComplete: string) => ({
    className: classes.field ?? '',
    value: typed[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setTyped((now) => ({ ...now, [name]: value }));
    },
    error: touched && problems[name],
    maxLength: 256,
    autoComplete,
    visibilityToggleButtonProps: { 'aria-label': t.show },
  });
  return (
    <form
      className={classes.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>{t.title}</h2>
      <PasswordInput label={t.current} {...field('current', 'current-password')} />
      <PasswordInput label={t.new} description={t.hint} {...field('new', 'new-password')} />
      <PasswordInput label={t.repeat} {...field('again', 'new-password')} />
      {change.error && <ProblemNote error={change.error} />}
      <Button type="submit" variant="default" loading={change.isPending}>
        {t.submit}
      </Button>
    </form>
  );
}
