import { Link } from '@tanstack/react-router';
import { useRevisions } from '../api/index.ts';
import { editorTexts } from '../texts/index.ts';
import { RelativeTime, SideDrawer } from '../ui/index.ts';
import { useEditor } from './store/editor-context.tsx';

const texts = editorTexts.revisions;

/** The flow's published revisions, newest first; each opens to be read. */
export function RevisionsDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const flowId = useEditor((state) => state.flow.id);
  const revisions = useRevisions(flowId);
  return (
    <SideDrawer opened={opened} onClose={onClose} size={420} title={texts.title}>
      {revisions.data?.length === 0 ? <p className="cd-dim">{texts.none}</p> : null}
      <ol className="cd-revisions">
        {revisions.data?.map((each) => (
          <li key={each.revision}>
            <Link to="/flows/$flowId" params={{ flowId }} search={{ revision: each.revision }}>
              <strong className="cd-num">{each.revision}</strong>
              <span>{each.message || texts.noMessage}</span>
              <span className="cd-dim">
                {each.author} <RelativeTime iso={each.createdAt} />
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </SideDrawer>
  );
}
