import { Select } from '@mantine/core';
import { appTexts } from '../texts/index.ts';
import { LANGUAGES, type Language, language } from '../texts/language.ts';

const OPTIONS = Object.entries(LANGUAGES).map(([value, { title }]) => ({ value: value as Language, label: title }));

/** In which language the designer is shown. */
export function LanguageSelect({
  className,
  onChoose,
}: {
  className?: string | undefined;
  onChoose: (next: Language) => void;
}) {
  return (
    <Select
      className={className}
      label={appTexts.language}
      data={OPTIONS}
      value={language()}
      allowDeselect={false}
      onChange={(next) => next && next !== language() && onChoose(next)}
    />
  );
}
