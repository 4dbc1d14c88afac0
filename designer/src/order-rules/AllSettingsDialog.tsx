import type { OrderRules } from '@crossdock/api-contract';
import { type RuleSettings, ruleSettingsProblems } from '@crossdock/orders';
import { useSaveOrderRules } from '../api/index.ts';
import { JsonDialog, jsonText, type Read, readJson } from '../code/index.ts';
import { orderRuleTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';

const t = orderRuleTexts.all;

/** All settings of an environment as JSON. */
export function AllSettingsDialog({ env, saved, onClose }: { env: string; saved: OrderRules; onClose: () => void }) {
  const save = useSaveOrderRules(env);
  return (
    <JsonDialog
      title={t.title(env)}
      submit={t.submit}
      about={t.hint}
      busy={save.isPending}
      error={save.error}
      start={jsonText(saved.settings)}
      read={readSettings}
      field={{ label: t.label, testId: 'rule-settings', height: 380 }}
      onSave={(settings) =>
        save.mutate(
          { settings, since: saved.updatedAt },
          {
            onSuccess: () => {
              onClose();
              notifyDone(t.saved);
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}

function readSettings(text: string): Read<RuleSettings> {
  const read = readJson(text);
  if (!read.ok) return read;
  const problems = ruleSettingsProblems(read.value);
  if (problems.length > 0) return { ok: false, problems: problems.map(({ message, fix }) => `${message}. ${fix}`) };
  return { ok: true, value: read.value as RuleSettings };
}
