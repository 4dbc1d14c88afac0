import { Button, PasswordInput, TextInput } from '@mantine/core';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { explain, useSignIn } from '../api/index.ts';
import { appTexts, uiTexts } from '../texts/index.ts';
import { chooseLanguage } from '../texts/language.ts';
import { Mark } from '../ui/index.ts';
import { LanguageSelect } from './LanguageSelect.tsx';
import classes from './SignInPage.module.css';

const t = appTexts.signIn;
const route = getRouteApi('/sign-in');

/** The door: e-mail and password, then back to where the person was going. */
export function SignInPage() {
  const { returnTo, ended } = route.useSearch();
  const router = useRouter();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({});
  useEffect(() => {
    document.title = `${t.submit} · ${appTexts.product}`;
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const gaps = {
      ...(email.trim() === '' ? { email: t.emailMissing } : {}),
      ...(password === '' ? { password: t.passwordMissing } : {}),
    };
    setMissing(gaps);
    if (Object.keys(gaps).length > 0) return;
    signIn.mutate(
      { email: email.trim(), password },
      { onSuccess: () => router.history.push(ownAddress(returnTo)), onError: () => setPassword('') },
    );
  };

  const problem = signIn.error ? explain(signIn.error) : undefined;
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={submit} noValidate>
        <Mark size={36} />
        <h1 className={classes.title}>{t.title}</h1>
        <p className={classes.hint}>{ended ? t.ended : t.hint}</p>
        <TextInput
          label={t.email}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          data-autofocus
          value={email}
          error={missing.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={t.password}
          name="password"
          autoComplete="current-password"
          value={password}
          error={missing.password}
          visibilityToggleButtonProps={{ 'aria-label': t.showTyped }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {problem && (
          <p className={classes.problem} role="alert">
            {problem.message} {problem.fix}
            <small>{uiTexts.code(problem.code)}</small>
          </p>
        )}
        <Button type="submit" fullWidth loading={signIn.isPending}>
          {t.submit}
        </Button>
        <div className={classes.foot}>
          <p>
            <strong>{t.firstTime}</strong> {t.firstStart}
          </p>
          <p>{t.invited}</p>
          <LanguageSelect onChoose={chooseLanguage} />
        </div>
      </form>
    </main>
  );
}

/** Only an address of this site: a link with a foreign `returnTo` must not lead away after the sign-in. */
function ownAddress(returnTo: string | undefined): string {
  return returnTo && /^\/(?![/\\])/.test(returnTo) ? returnTo : '/';
}
