import type { CrossReferenceImport } from '@crossdock/api-contract';
import { Autocomplete, Button, Checkbox, FileButton, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useImportXrefs, useXrefNames } from '../api/index.ts';
import { referenceTexts } from '../texts/index.ts';
import { FormDialog, notifyDone, PlainTable } from '../ui/index.ts';
import { ENTITY, KNOWN_ENTITIES } from './names.ts';
import classes from './references.module.css';

const t = referenceTexts.import;
const SHOWN_PROBLEMS = 100;

/** Links the lines of a CSV file: first it is told what would happen, then it is done. */
export function ImportDialog({
  env,
  entity: chosen,
  onClose,
}: {
  env: string;
  entity: string | undefined;
  onClose: () => void;
}) {
  const names = useXrefNames(env).data ?? [];
  const perform = useImportXrefs(env);
  const [entity, setEntity] = useState(chosen ?? '');
  const [csv, setCsv] = useState('');
  const [several, setSeveral] = useState(false);
  const [report, setReport] = useState<CrossReferenceImport>();
  // What was checked is no longer what would be imported.
  const edit = (change: () => void) => {
    setReport(undefined);
    change();
  };
  const isReady = ENTITY.test(entity) && csv.trim() !== '' && (report === undefined || report.linked > 0);
  const submit = () => {
    if (!isReady) return;
    const dryRun = report === undefined;
    perform.mutate(
      { entity, csv, dryRun, several },
      {
        onSuccess: (done) => {
          if (dryRun) return setReport(done);
          notifyDone(t.done(done.linked));
          onClose();
        },
      },
    );
  };
  return (
    <FormDialog
      title={t.title}
      submit={report ? t.submit(report.linked) : t.check}
      busy={perform.isPending}
      error={perform.error}
      disabled={!isReady}
      onSubmit={submit}
      onClose={onClose}
      size={720}
    >
      <Autocomplete
        label={referenceTexts.link.entity}
        description={referenceTexts.link.entityHint}
        data={[...new Set([...names.map((one) => one.entity), ...KNOWN_ENTITIES])]}
        value={entity}
        onChange={(next) => edit(() => setEntity(next))}
        error={entity !== '' && !ENTITY.test(entity) && referenceTexts.link.entityWrong}
        maxLength={40}
        data-autofocus
      />
      <FileButton
        accept="text/csv,.csv,.txt"
        onChange={(file) => void file?.text().then((text) => edit(() => setCsv(text)))}
      >
        {(props) => (
          <Button {...props} variant="default">
            {t.file}
          </Button>
        )}
      </FileButton>
      <Textarea
        label={t.csv}
        description={t.hint}
        placeholder={t.example}
        value={csv}
        onChange={(event) => edit(() => setCsv(event.currentTarget.value))}
        autosize
        minRows={4}
        maxRows={10}
        className="cd-mono"
      />
      <Checkbox
        label={referenceTexts.link.several}
        checked={several}
        onChange={(event) => edit(() => setSeveral(event.currentTarget.checked))}
      />
      {report && <Report report={report} />}
    </FormDialog>
  );
}

function Report({ report: { linked, unchanged, problems } }: { report: CrossReferenceImport }) {
  return (
    <section aria-live="polite">
      <p>{t.would(linked, unchanged)}</p>
      {problems.length > 0 && (
        <>
          <p>{t.problems(problems.length)}</p>
          <div className={classes.problems}>
            <PlainTable heads={[{ text: t.line, isNumber: true }, { text: t.column }, { text: t.problem }]}>
              {problems.slice(0, SHOWN_PROBLEMS).map(({ line, column, message }) => (
                <tr key={`${line} ${column} ${message}`}>
                  <td data-number>{line}</td>
                  <td>{column}</td>
                  <td>{message}</td>
                </tr>
              ))}
            </PlainTable>
          </div>
        </>
      )}
    </section>
  );
}
