import type { ChoiceHint } from '@crossdock/flow-model';
import { Autocomplete, Loader, TagsInput } from '@mantine/core';
import { useChoices } from '../../api/index.ts';
import { inspectorTexts } from '../../texts/index.ts';
import type { FormContext } from './form-context.ts';
import './choice-input.css';

const t = inspectorTexts.form.choices;

/** A name, or several, that the other side knows: chosen from its list, or typed where there is none. */
export function ChoiceInput({
  id,
  hint,
  context,
  value,
  locked,
  onChange,
}: {
  id: string;
  hint: ChoiceHint;
  context: FormContext;
  value: string | readonly string[];
  locked: boolean;
  onChange: (value: string | string[]) => void;
}) {
  const within = hint.within === undefined ? '' : String(context.config[hint.within] ?? '');
  const canAsk = context.connection !== undefined && (hint.within === undefined || within !== '');
  const { data: choices, error, isFetching } = useChoices(canAsk ? context.connection : undefined, hint.of, within);
  const byValue = new Map((choices ?? []).map((choice) => [choice.value, choice]));
  const shared = {
    ...{ id, disabled: locked, size: 'xs', limit: 100, maxDropdownHeight: 320 },
    data: [...byValue.keys()],
    rightSection: isFetching ? <Loader size={12} aria-label={t.loading} /> : null,
    filter: ({ options, search }: { options: unknown; search: string }) =>
      (options as { value: string; label: string }[]).filter(({ value: name }) =>
        matches(`${name} ${byValue.get(name)?.title ?? ''}`, search),
      ),
    renderOption: ({ option }: { option: { value: string } }) => {
      const choice = byValue.get(option.value);
      return (
        <span className="cd-choice">
          <code>{option.value}</code>
          <span className="cd-dim">
            {choice?.title}
            {choice?.type && ` · ${t.kind(choice)}`}
          </span>
        </span>
      );
    },
  } as const;
  const unknown = choices ? [value].flat().filter((name) => name !== '' && !byValue.has(name)) : [];
  return (
    <div>
      {typeof value === 'string' ? (
        <Autocomplete {...shared} value={value} onChange={onChange} />
      ) : (
        <TagsInput {...shared} value={[...value]} placeholder={value.length === 0 ? t.pick : ''} onChange={onChange} />
      )}
      {error ? (
        <span className="cd-dim" role="status">
          {t.away(error.message)}
        </span>
      ) : unknown.length > 0 && !isFetching ? (
        <span className="cd-dim" role="status">
          {t.unknown(unknown)}
        </span>
      ) : null}
    </div>
  );
}

function matches(text: string, search: string): boolean {
  const lower = text.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
