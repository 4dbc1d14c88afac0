import type { Flow } from '@crossdock/flow-model';
import type { Manifests } from '../canvas/index.ts';
import { tryoutTexts } from '../texts/index.ts';
import { effectsOf } from './effects-of.ts';

const texts = tryoutTexts.real;

/** What a run with real effects would call, by name, and where. */
export function RealRunWarning({ flow, manifests, env }: { flow: Flow; manifests: Manifests; env: string }) {
  const effects = effectsOf(flow, manifests);
  return (
    <div className="cd-real-run">
      <p>{texts.calls(effects.length, env)}</p>
      <ul>
        {effects.map(({ node, title }) => (
          <li key={node.id}>
            <strong>{title}</strong>{' '}
            <span className="cd-dim">{node.connection === undefined ? texts.without : texts.by(node.connection)}</span>
          </li>
        ))}
      </ul>
      <p>
        {effects.length > 0 ? texts.unkept : null} {texts.notMade}
      </p>
    </div>
  );
}
