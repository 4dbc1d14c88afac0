import type { OrderRules } from '@crossdock/api-contract';
import { ruleSettingsProblems } from '@crossdock/orders';
import { useState } from 'react';
import { useSaveOrderRules } from '../api/index.ts';
import { CodeEditor } from '../code/CodeEditor.tsx';
import { orderRuleTexts } from '../texts/index.ts';
import { FormDialog, notifyDone } from '../ui/index.ts';
import classes from './OrderRulesPage.module.css';

const t = orderRuleTexts.all;
const MOST_SHOWN = 6;

/** All settings of an environment as JSON, checked while one types. */
export function AllSettingsDialog({ env, saved, onClose }: { env: string; saved: OrderRules; onClose: () => void }) {
  const [text, setText] = useState(() => JSON.stringify(saved.settings, null, 2));
  const save = useSaveOrderRules(env);
  const settings = read(text);
  const problems = settings === undefined ? [] : ruleSettingsProblems(settings);
  return (
    <FormDialog
      title={t.title(env)}
      submit={t.submit}
      busy={save.isPending}
      error={save.error}
      disabled={settings === undefined || problems.length > 0}
      onSubmit={() =>
        save.mutate(
          { settings: settings ?? {}, since: saved.updatedAt },
          {
            onSuccess: () => {
              onClose();
              notifyDone(t.saved);
            },
          },
        )
      }
      onClose={onClose}
      size={760}
    >
      <p className="cd-dim">{t.hint}</p>
      <div>
        <CodeEditor
          height={380}
          language="json"
          label={t.label}
          value={text}
          onChange={setText}
          testId="rule-settings"
        />
      </div>
      {settings === undefined && <p className={classes.problems}>{t.unreadable}</p>}
      {problems.length > 0 && (
        <ul className={classes.problems} aria-label={t.problems}>
          {problems.slice(0, MOST_SHOWN).map(({ field, message, fix }) => (
            <li key={`${field} ${message}`}>
              {message}. {fix}
            </li>
          ))}
        </ul>
      )}
    </FormDialog>
  );
}

function read(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
