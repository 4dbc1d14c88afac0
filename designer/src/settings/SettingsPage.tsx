import { settingsTexts } from '../texts/index.ts';
import { PageBar } from '../ui/index.ts';

export function SettingsPage() {
  return <PageBar title={settingsTexts.title} crumbs={[{ label: settingsTexts.title }]} />;
}
