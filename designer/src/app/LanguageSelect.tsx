import { Select } from '@mantine/core';
import { appTexts } from '../texts/index.ts';
import { chooseLanguage, LANGUAGES, type Language, language } from '../texts/language.ts';

const OPTIONS = Object.entries(LANGUAGES).map(([value, { title }]) => ({ value: value as Language, label: title }));

/** In which language the designer is shown in this browser. Choosing another loads the page again. */
export function LanguageSelect({ className }: { className?: string | undefined }) {
  return (
    <Select
      className={className}
      label={appTexts.language}
      data={OPTIONS}
      value={language()}
      allowDeselect={false}
      onChange={(next) => next && next !== language() && chooseLanguage(next)}
    />
  );
}
