import { nodePage, type PageError, type PageSetting } from '@crossdock/connectors/manifests';
import type { NodeManifest } from '@crossdock/flow-model';
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { helpTexts as texts } from '../texts/index.ts';
import { openHelp } from './help-state.ts';
import { Markdown } from './Markdown.tsx';
import './node-guide.css';

/** The page of a node type: what it does, its settings, what leaves it, examples, and the errors it may end with. */
export function NodeGuide(props: {
  manifest: NodeManifest;
  /** Takes the settings of an example over; without it examples are there to read. */
  onUse?: ((config: Readonly<Record<string, unknown>>) => void) | undefined;
}) {
  const page = useMemo(() => nodePage(props.manifest), [props.manifest]);
  const { onUse } = props;
  return (
    <div className="cd-manual">
      <p>{page.summary}</p>
      <Markdown text={page.facts.map((fact) => `- ${fact}`).join('\n')} />
      {page.docs ? <Markdown text={page.docs} /> : null}
      {page.settings.length > 0 ? (
        <section aria-label={texts.settings}>
          <h3>{texts.settings}</h3>
          <dl>
            {page.settings.map((setting) => (
              <Setting key={setting.name} setting={setting} />
            ))}
          </dl>
        </section>
      ) : null}
      {page.simulated === undefined ? null : (
        <section aria-label={texts.simulated}>
          <h3>{texts.simulated}</h3>
          <pre>{page.simulated}</pre>
        </section>
      )}
      <section aria-label={texts.examples}>
        <h3>{texts.examples}</h3>
        {page.examples.map(({ title, config }) => (
          <div key={title}>
            <div className="cd-manual-head">
              <span>{title}</span>
              {onUse ? (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  aria-label={`${texts.useExample}: ${title}`}
                  onClick={() => onUse(config)}
                >
                  {texts.useExample}
                </Button>
              ) : null}
            </div>
            <pre>{JSON.stringify(config, null, 2)}</pre>
          </div>
        ))}
      </section>
      {page.errors.length > 0 ? (
        <section aria-label={texts.errors}>
          <h3>{texts.errors}</h3>
          <dl>
            {page.errors.map((error) => (
              <ErrorRow key={error.code} error={error} />
            ))}
          </dl>
        </section>
      ) : null}
    </div>
  );
}

function Setting({ setting }: { setting: PageSetting }) {
  const { name, title, isRequired, kind, fallback, description, condition, examples } = setting;
  const facts = [
    kind,
    ...(fallback === undefined ? [] : [texts.fallback(fallback)]),
    ...(examples.length > 0 ? [texts.suchAs(examples)] : []),
  ];
  return (
    <div>
      <dt>
        {title} <code>{name}</code>
        {isRequired ? <span className="cd-dim"> {texts.required}</span> : null}
      </dt>
      <dd>
        {description}
        <Markdown text={[...facts, ...(condition ? [condition] : [])].map((fact) => `- ${fact}`).join('\n')} />
      </dd>
    </div>
  );
}

function ErrorRow({ error }: { error: PageError }) {
  return (
    <div>
      <dt>
        <button type="button" className="cd-manual-code" onClick={() => openHelp({ kind: 'error', code: error.code })}>
          {error.code}
        </button>
      </dt>
      <dd>{error.fix}</dd>
    </div>
  );
}
