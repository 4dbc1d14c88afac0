import type { AuditRow } from '@crossdock/api-contract';
import { auditTexts } from '../texts/index.ts';

/** Who did it; whether a person, a key or nobody known. */
export function Actor({ by }: { by: AuditRow['by'] }) {
  const kind = auditTexts.kinds[by.kind];
  return (
    <>
      {by.name} {kind && <span className="cd-dim">{kind}</span>}
    </>
  );
}
