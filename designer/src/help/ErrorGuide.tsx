import { errorsOf } from '@crossdock/connectors/manifests';
import { catalogue, type ErrorCode, RETRY_WORDS } from '@crossdock/errors';
import type { NodeManifest } from '@crossdock/flow-model';
import { Anchor } from '@mantine/core';
import { sentence } from '../api/index.ts';
import { helpTexts as texts, uiTexts } from '../texts/index.ts';
import { openHelp } from './help-state.ts';
import './node-guide.css';

/** One error of the catalogue: what it says, what to do, whether it is tried again, and which node types may end with it. */
export function ErrorGuide({ code, manifests }: { code: string; manifests: readonly NodeManifest[] }) {
  if (!(code in catalogue)) return <p className="cd-dim">{texts.unknownError(code)}</p>;
  const known = code as ErrorCode;
  const { message, fix, retry, http } = catalogue[known];
  const from = manifests.filter((manifest) => errorsOf(manifest).includes(known));
  return (
    <div className="cd-manual">
      <dl>
        <Fact name={texts.says}>{sentence(message)}</Fact>
        <Fact name={uiTexts.whatToDo}>{fix}</Fact>
        <Fact name={texts.retried}>{RETRY_WORDS[retry]}</Fact>
        <Fact name={texts.status}>{http}</Fact>
        {from.length > 0 ? (
          <Fact name={texts.from}>
            <span className="cd-manual-types">
              {from.map(({ type, title }) => (
                <Anchor key={type} component="button" size="xs" onClick={() => openHelp({ kind: 'node', type })}>
                  {title}
                </Anchor>
              ))}
            </span>
          </Fact>
        ) : null}
      </dl>
      <p className="cd-dim">{texts.slots}</p>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
