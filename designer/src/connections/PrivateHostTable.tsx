import { type EgressInForce, type Environment, readEgressRule } from '@crossdock/api-contract';
import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useChangeEgress } from '../api/index.ts';
import { egressTexts } from '../texts/index.ts';
import { askToConfirm, notifyDone, PlainTable } from '../ui/index.ts';
import { egressReach } from './egress-reach.ts';
import classes from './private-hosts.module.css';

const t = egressTexts;

/** The rules in force: those of the environment, to be removed here, and those that the installation was started with. */
export function PrivateHostTable({
  environment,
  egress: { allow, installation },
  mayWrite,
}: {
  environment: Environment;
  egress: EgressInForce;
  mayWrite: boolean;
}) {
  const { name: env } = environment;
  const change = useChangeEgress(env);
  const confirmRemove = (rule: string) =>
    askToConfirm({
      title: t.removeTitle(rule, env),
      effect: t.removeEffect(rule, env),
      verb: t.remove,
      tone: 'red',
      environment,
      run: async () => {
        await change.mutateAsync((now) => now.filter((other) => other !== rule));
        notifyDone(t.removed(rule, env));
      },
    });
  if (allow.length + installation.length === 0) return <p className={classes.none}>{t.none(env)}</p>;
  const rows = [
    ...allow.map((rule) => ({ rule, isOwn: true })),
    ...installation.map((rule) => ({ rule, isOwn: false })),
  ];
  return (
    <PlainTable label={t.label(env)} heads={[{ text: t.rule }, { text: t.reach }, { text: t.from }, undefined]}>
      {rows.map(({ rule, isOwn }) => (
        <tr key={`${isOwn} ${rule}`}>
          <td className="cd-mono">{rule}</td>
          <td>{reachOf(rule)}</td>
          <td className="cd-dim">{isOwn ? t.ofEnvironment(env) : t.ofInstallation}</td>
          <td className={classes.end}>
            {isOwn && mayWrite && (
              <ActionIcon aria-label={t.removeOf(rule)} onClick={() => confirmRemove(rule)}>
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </td>
        </tr>
      ))}
    </PlainTable>
  );
}

function reachOf(text: string): string {
  const rule = readEgressRule(text);
  return rule ? egressReach(rule) : '';
}
