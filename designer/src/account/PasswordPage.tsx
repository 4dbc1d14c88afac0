import { MIN_PASSWORD_LENGTH } from '@crossdock/api-contract';
import { Button, PasswordInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { ApiError, passwordLinkQuery, useSetOwnPassword } from '../api/index.ts';
import classes from '../app/SignInPage.module.css';
import { accountTexts, appTexts } from '../texts/index.ts';
import { ErrorState, Mark, ProblemNote, Skeleton } from '../ui/index.ts';

const t = accountTexts.link;

/** Behind a one-time link: the person it is for sets the own password. */
export function PasswordPage() {
  const token = useLocation({ select: ({ hash }) => hash });
  const link = useQuery({ ...passwordLinkQuery(token), enabled: token !== '' });
  const set = useSetOwnPassword();
  useEffect(() => {
    document.title = `${t.title} · ${appTexts.product}`;
  }, []);
  const isDead = token === '' || isRefused(link.error);
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Mark size={36} />
        {set.isSuccess ? (
          <Note title={t.title} detail={t.done} />
        ) : isDead ? (
          <Note title={t.deadTitle} detail={t.deadDetail} />
        ) : link.error ? (
          <ErrorState error={link.error} onRetry={() => void link.refetch()} />
        ) : link.data ? (
          <>
            <h1 className={classes.title}>{t.title}</h1>
            <p className={classes.hint}>{t[link.data.purpose](link.data.name, link.data.email)}</p>
            <PasswordFields
              email={link.data.email}
              busy={set.isPending}
              error={set.error}
              onSubmit={(password) => set.mutate({ token, password })}
            />
          </>
        ) : (
          <Skeleton rows={4} />
        )}
      </div>
    </main>
  );
}

/** Used up or out of date; one that a mail program cut short is refused as malformed. */
function isRefused(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 410 || error.status === 400);
}

function Note({ title, detail }: { title: string; detail: string }) {
  return (
    <>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.hint} role="status">
        {detail}
      </p>
      <Button component={Link} to="/sign-in" fullWidth>
        {t.toSignIn}
      </Button>
    </>
  );
}

function PasswordFields({
  email,
  busy,
  error,
  onSubmit,
}: {
  email: string;
  busy: boolean;
  error: unknown;
  onSubmit: (password: string) => void;
}) {
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [touched, setTouched] = useState(false);
  const tooShort = password.length < MIN_PASSWORD_LENGTH;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (!tooShort && again === password) onSubmit(password);
  };
  const shared = {
    maxLength: 256,
    autoComplete: 'new-password',
    visibilityToggleButtonProps: { 'aria-label': accountTexts.password.show },
  };
  return (
    <form className={classes.fields} onSubmit={submit} noValidate>
      {/* For the browser's own password store. */}
      <input type="email" value={email} autoComplete="username" readOnly hidden />
      <PasswordInput
        label={t.password}
        description={t.hint}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        error={touched && tooShort && accountTexts.password.tooShort}
        data-autofocus
        autoFocus
        {...shared}
      />
      <PasswordInput
        label={accountTexts.password.repeat}
        value={again}
        onChange={(event) => setAgain(event.currentTarget.value)}
        error={touched && again !== password && accountTexts.password.different}
        {...shared}
      />
      {error != null && <ProblemNote error={error} />}
      <Button type="submit" fullWidth loading={busy}>
        {t.submit}
      </Button>
    </form>
  );
}
