import { LAYOUT_COLORS, type LayoutColor } from '@crossdock/flow-model';
import { useId } from 'react';
import { canvasTexts } from '../texts/index.ts';

/** The colours of groups and notes to choose from. */
export function ColorChoice(props: { value: LayoutColor; disabled?: boolean; onChange: (color: LayoutColor) => void }) {
  const name = useId();
  return (
    <fieldset className="cd-colors" aria-label={canvasTexts.color} disabled={props.disabled ?? false}>
      {LAYOUT_COLORS.map((color) => (
        <label key={color} className="cd-color" data-color={color} title={canvasTexts.colors[color]}>
          <input
            type="radio"
            name={name}
            aria-label={canvasTexts.colors[color]}
            checked={color === props.value}
            onChange={() => props.onChange(color)}
          />
        </label>
      ))}
    </fieldset>
  );
}
