import { Button } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useMay, useOrderRules } from '../api/index.ts';
import { useEnvironment } from '../app/use-environment.ts';
import { orderRuleTexts, orderTexts } from '../texts/index.ts';
import { ErrorState, PageBar, PageTabs, Skeleton } from '../ui/index.ts';
import { AllSettingsDialog } from './AllSettingsDialog.tsx';
import { OverridesTab } from './OverridesTab.tsx';
import { RulesTab } from './RulesTab.tsx';
import { TimesTab } from './TimesTab.tsx';

const t = orderRuleTexts;
const route = getRouteApi('/frame/order-rules');

/** When an order of the environment needs a person, and by when. */
export function OrderRulesPage() {
  const { tab = 'rules' } = route.useSearch();
  const navigate = route.useNavigate();
  const { environment } = useEnvironment();
  const env = environment.name;
  const { data: saved, error, refetch } = useOrderRules(env);
  const mayWrite = useMay('order-rules:write', env);
  const [asJson, setAsJson] = useState(false);
  return (
    <>
      <PageBar title={t.title} crumbs={[{ label: orderTexts.title, link: { to: '/orders' } }, { label: t.title }]}>
        {mayWrite && saved && (
          <Button
            variant="default"
            leftSection={<IconBraces size={16} stroke={1.5} aria-hidden />}
            onClick={() => setAsJson(true)}
          >
            {t.all.action}
          </Button>
        )}
      </PageBar>
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !saved ? (
        <Skeleton rows={16} />
      ) : (
        <PageTabs
          label={t.tabs.label}
          open={tab}
          onOpen={(next) =>
            void navigate({
              search: ({ tab: _tab, ...now }) => (next === 'rules' ? now : { ...now, tab: next }),
              replace: true,
            })
          }
          tabs={[
            { name: 'rules', label: t.tabs.rules, panel: <RulesTab {...{ env, saved, mayWrite }} /> },
            { name: 'times', label: t.tabs.times, panel: <TimesTab {...{ env, saved, mayWrite }} /> },
            { name: 'overrides', label: t.tabs.overrides, panel: <OverridesTab {...{ env, saved, mayWrite }} /> },
          ]}
        />
      )}
      {asJson && saved && <AllSettingsDialog env={env} saved={saved} onClose={() => setAsJson(false)} />}
    </>
  );
}
