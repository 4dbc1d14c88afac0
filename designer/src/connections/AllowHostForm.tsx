import { cloudMetadataIn, type Environment, readEgressRule } from '@crossdock/api-contract';
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useChangeEgress } from '../api/index.ts';
import { egressTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, ProblemNote } from '../ui/index.ts';
import { egressReach } from './egress-reach.ts';
import classes from './private-hosts.module.css';

const t = egressTexts;

/** Allows one more host or range. Outside of neutral environments, and where it opens much, it says first what that means. */
export function AllowHostForm({ environment, known }: { environment: Environment; known: readonly string[] }) {
  const { name: env, tone } = environment;
  const change = useChangeEgress(env);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const wanted = text.trim().toLowerCase();
  const rule = readEgressRule(wanted);
  const problem =
    wanted === '' ? t.missing : rule === undefined ? t.wrong : known.includes(wanted) ? t.twice : undefined;
  const submit = () => {
    setAsked(true);
    if (rule === undefined || problem !== undefined) return;
    const run = async () => {
      await change.mutateAsync((allow) => [...allow, wanted]);
      setText('');
      setAsked(false);
      notifyDone(t.allowed(wanted, env));
    };
    const metadata = cloudMetadataIn(rule);
    if (tone === 'neutral' && metadata === undefined) return void run().catch(() => undefined);
    askToConfirm({
      title: t.allowTitle(wanted, env),
      effect: [t.allowEffect(egressReach(rule), env), ...(metadata ? [t.metadata(metadata)] : [])].join(' '),
      verb: t.allow,
      environment,
      ...(metadata ? { tone: 'red' as const, typed: wanted } : {}),
      run,
    });
  };
  return (
    <form
      className={classes.form}
      aria-label={t.formLabel(env)}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextInput
        label={t.field}
        description={t.fieldHint}
        value={text}
        error={asked || (wanted !== '' && rule !== undefined) ? problem : undefined}
        maxLength={255}
        spellCheck={false}
        autoComplete="off"
        inputContainer={(input) => (
          <div className={classes.field}>
            {input}
            <Button type="submit" leftSection={<IconPlus size={16} aria-hidden />} loading={change.isPending}>
              {t.allow}
            </Button>
          </div>
        )}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAsked(false);
        }}
      />
      {rule && !problem && <p className={classes.reach}>{t.opens(egressReach(rule))}</p>}
      {change.error && <ProblemNote error={change.error} />}
    </form>
  );
}
