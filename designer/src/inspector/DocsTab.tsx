import type { FlowNode, NodeManifest } from '@crossdock/flow-model';
import { Button } from '@mantine/core';
import { useChange } from '../editor/store/editor-context.tsx';
import { inspectorTexts } from '../texts/index.ts';
import { notifyDone } from '../ui/index.ts';
import { Markdown } from './Markdown.tsx';

const texts = inspectorTexts.docs;

/** What a node type does, its settings and examples, from its manifest. */
export function DocsTab({ node, manifest, locked }: { node: FlowNode; manifest: NodeManifest; locked: boolean }) {
  const change = useChange();
  return (
    <div className="cd-docs">
      <p>
        <strong>{manifest.title}</strong> <code>{manifest.type}</code>
      </p>
      <p>{manifest.summary}</p>
      {manifest.docs ? <Markdown text={manifest.docs} /> : null}
      <h3>{texts.fields}</h3>
      <dl>
        {Object.entries(manifest.config.properties).map(([name, field]) => (
          <div key={name}>
            <dt>
              {field.title ?? name} <code>{name}</code>
              {manifest.config.required?.includes(name) ? <span className="cd-dim"> {texts.required}</span> : null}
            </dt>
            <dd>{field.description}</dd>
          </div>
        ))}
      </dl>
      <h3>{texts.examples}</h3>
      {manifest.examples.map((example) => (
        <section key={example.title} className="cd-example">
          <div className="cd-section-head">
            <span>{example.title}</span>
            <Button
              size="compact-xs"
              variant="subtle"
              disabled={locked}
              onClick={() => {
                change({ kind: 'updateNode', nodeId: node.id, patch: { config: { ...example.config } } });
                notifyDone(texts.used);
              }}
            >
              {texts.useExample}
            </Button>
          </div>
          <pre>{JSON.stringify(example.config, null, 2)}</pre>
        </section>
      ))}
    </div>
  );
}
