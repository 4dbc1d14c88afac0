import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { changePreferences, useMe, useRenameMe } from '../api/index.ts';
import { LanguageSelect } from '../app/LanguageSelect.tsx';
import { accountTexts, appTexts } from '../texts/index.ts';
import { chooseLanguage, type Language } from '../texts/language.ts';
import { notifyDone, notifyError, ProblemNote } from '../ui/index.ts';
import classes from './AccountPage.module.css';

const t = accountTexts.profile;

/** Who one is here; the name can be changed, the rest is an admin's to change. */
export function ProfileForm() {
  const me = useMe();
  const rename = useRenameMe();
  const [typed, setTyped] = useState<string>();
  if (!me) return null;
  const name = typed ?? me.name;
  const missing = name.trim() === '';
  return (
    <form
      className={classes.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) rename.mutate(name.trim(), { onSuccess: () => notifyDone(t.saved) });
      }}
    >
      <h2>{t.title}</h2>
      <dl className={classes.facts}>
        <dt>{t.email}</dt>
        <dd>{me.email}</dd>
        <dt>{t.role}</dt>
        <dd>{appTexts.roles[me.role]}</dd>
      </dl>
      <TextInput
        label={t.name}
        className={classes.field}
        value={name}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={missing && t.missing}
        maxLength={200}
        autoComplete="name"
      />
      <LanguageSelect className={classes.field} onChoose={(next) => void keepLanguage(next)} />
      {rename.error && <ProblemNote error={rename.error} />}
      <Button type="submit" variant="default" loading={rename.isPending} disabled={missing || name.trim() === me.name}>
        {t.save}
      </Button>
    </form>
  );
}

/** First for the person, then here: the page is loaded again in it. */
async function keepLanguage(next: Language): Promise<void> {
  try {
    await changePreferences({ language: next });
    chooseLanguage(next);
  } catch (error) {
    notifyError(error);
  }
}
