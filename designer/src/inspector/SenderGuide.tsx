import { refusalWords } from '@crossdock/api-contract';
import { carrierOf, hookCurl, schemeOf } from '@crossdock/connectors/manifests';
import type { FlowNode } from '@crossdock/flow-model';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useEnvironments, useHealth } from '../api/index.ts';
import { useEditor } from '../editor/store/editor-context.tsx';
import { hookUrl, sampleBody } from '../editor/store/hook-call.ts';
import { senderTexts as texts } from '../texts/index.ts';
import { CopyBlock, Segments } from '../ui/index.ts';
import './sender-guide.css';

/** What whoever sets up the sender of a webhook needs: its address in each environment, the header, the steps, and lines to try it with. */
export function SenderGuide({ node: { id, config, connection } }: { node: FlowNode }) {
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
          <Refused env={env} flowId={flow.id} nodeId={id} />
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

/** What the hook refused in the environment within a day, and why; nothing where it refused none. */
function Refused({ env, flowId, nodeId }: { env: string; flowId: string; nodeId: string }) {
  const refusals = useHealth(env, '24h').data?.refusals ?? [];
  const own = refusals.find((one) => one.env === env && one.flowId === flowId && one.nodeId === nodeId);
  if (!own) return null;
  return (
    <p className="cd-sender-refused" role="status">
      {texts.refused(own.count, env, refusalWords(own.reasons))}{' '}
      <Link className="cd-link" to="/health" search={{ env, range: '24h' }}>
        {texts.refusedLink}
      </Link>
    </p>
  );
}
