import { carrierOf, hookCurl, schemeOf } from '@crossdock/connectors/manifests';
import type { FlowNode } from '@crossdock/flow-model';
import { useState } from 'react';
import { useEnvironments } from '../api/index.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { hookUrl, sampleBody } from '../editor/store/hook-call.ts';
import { senderTexts as texts } from '../texts/index.ts';
import { CopyBlock, Segments } from '../ui/index.ts';
import './sender-guide.css';

/** What whoever sets up the sender of a webhook needs: its address in each environment, the header, the steps, and lines to try it with. */
export function SenderGuide({ node: { config, connection } }: { node: FlowNode }) {
  const environments = useEnvironments().data ?? [];
  const flow = useEditor((state) => state.flow);
  const sampleIndex = useEditor((state) => state.sampleIndex);
  const [chosen, setChosen] = useState<string>();
  const env = chosen ?? environments[0]?.name;
  const scheme = schemeOf(config);
  const isReady = typeof config.path === 'string' && config.path !== '' && env !== undefined;
  const url = isReady ? hookUrl(location.origin, env, config.path) : '';
  const method = String(config.method ?? 'POST');
  const body = method === 'GET' ? undefined : sampleBody(flow, sampleIndex);
  return (
    <section className="cd-sender" aria-label={texts.title}>
      <div className="cd-section-head">
        <h3>{texts.title}</h3>
        {isReady ? (
          <Segments
            label={texts.environment}
            value={env}
            options={environments.map(({ name }) => ({ value: name, label: name }))}
            onChange={setChosen}
          />
        ) : null}
      </div>
      {isReady ? (
        <>
          <CopyBlock label={texts.address} text={url} />
          {scheme ? (
            <>
              <ol>
                {texts.steps[scheme].map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <p className="cd-dim">{texts.connection(connection)}</p>
              <CopyBlock
                label={scheme === 'api-key' && config.apiKeyIn === 'query' ? texts.parameter : texts.header}
                text={carrierOf(config, scheme)}
              />
            </>
          ) : (
            <p className="cd-sender-open">{texts.open}</p>
          )}
          <CopyBlock label={texts.call} text={hookCurl({ url, method, config, body })} />
          {scheme ? <p className="cd-dim">{texts.callHint}</p> : null}
        </>
      ) : (
        <p className="cd-dim">{texts.noPath}</p>
      )}
    </section>
  );
}
