import { Button, TextInput } from '@mantine/core';
import { settingsTexts } from '../texts/index.ts';
import classes from './PasswordField.module.css';

const t = settingsTexts.people;
const LETTERS = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const MADE_LENGTH = 20;

export const MIN_PASSWORD_LENGTH = 12;

/** A password that one person sets for another: shown in clear, because it must be passed on. */
export function PasswordField({
  value,
  onChange,
  error,
}: {
  value: string;
  onChange: (value: string) => void;
  error?: string | false | undefined;
}) {
  return (
    <div className={classes.row}>
      <TextInput
        label={t.password}
        description={t.passwordHint}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        autoComplete="off"
        spellCheck={false}
        maxLength={256}
        className={classes.field}
      />
      <Button variant="default" onClick={() => onChange(madeUpPassword())}>
        {t.generate}
      </Button>
    </div>
  );
}

/** Letters and digits that are not mistaken for one another; each as likely as any other. */
function madeUpPassword(): string {
  const fair = 256 - (256 % LETTERS.length);
  let password = '';
  while (password.length < MADE_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(MADE_LENGTH)))
      if (byte < fair && password.length < MADE_LENGTH) password += LETTERS[byte % LETTERS.length];
  }
  return password;
}
