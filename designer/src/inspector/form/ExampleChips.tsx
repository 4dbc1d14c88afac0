import { inspectorTexts } from '../../texts/index.ts';

const texts = inspectorTexts.form;

/** Good values of an empty field, from its manifest: a click takes one over. */
export function ExampleChips(props: {
  label: string;
  examples: readonly unknown[];
  onPick: (example: unknown) => void;
}) {
  if (props.examples.length === 0) return null;
  return (
    <fieldset className="cd-examples" aria-label={texts.examplesFor(props.label)}>
      <span className="cd-dim">{texts.suchAs}</span>
      {props.examples.map((example) => {
        const text = typeof example === 'string' ? example : JSON.stringify(example);
        return (
          <button key={text} type="button" title={texts.useExample} onClick={() => props.onPick(example)}>
            {text}
          </button>
        );
      })}
    </fieldset>
  );
}
