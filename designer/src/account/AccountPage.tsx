import { accountTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';
import classes from './AccountPage.module.css';
import { PasswordForm } from './PasswordForm.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { SessionList } from './SessionList.tsx';

const t = accountTexts;

/** The own name, password and sessions. */
export function AccountPage() {
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: t.title }]} />
      <div className={classes.page}>
        <ProfileForm />
        <PasswordForm />
        <SessionList />
      </div>
    </>
  );
}
