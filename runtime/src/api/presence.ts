import { type FlowEditor, PRESENCE_ENDS_MS } from '@crossdock/api-contract';
import { FlowError } from '@crossdock/errors';
import type { ApiOptions } from './api.ts';
import { callerIn } from './caller-in.ts';
import { readDraft } from './drafts.ts';
import type { Handlers } from './mount.ts';

interface OpenEditor extends FlowEditor {
  /** Whose it is: nobody speaks for the editor of another. */
  readonly callerId: string;
  readonly end: NodeJS.Timeout;
}

/** More open windows on one flow than people have; those beyond are not told of. */
const MOST_EDITORS = 100;

/** Who has which flow open, in this process: it is forgotten with it, and told again within seconds. */
export function presenceHandlers({ db, events }: ApiOptions): Pick<Handlers, 'enterFlow' | 'leaveFlow'> {
  const flows = new Map<string, Map<string, OpenEditor>>();

  const editorsOf = (flowId: string): FlowEditor[] =>
    [...(flows.get(flowId)?.values() ?? [])].map(({ callerId: _callerId, end: _end, ...editor }) => editor);
  const tell = (flowId: string): void =>
    events.emit({ kind: 'presence', data: { flowId, editors: editorsOf(flowId) } });
  const leave = (flowId: string, editorId: string): void => {
    const editors = flows.get(flowId);
    const editor = editors?.get(editorId);
    if (editors === undefined || editor === undefined) return;
    clearTimeout(editor.end);
    editors.delete(editorId);
    if (editors.size === 0) flows.delete(flowId);
    tell(flowId);
  };

  return {
    async enterFlow({ params: { flowId, editorId }, body: { nodeId }, ...call }) {
      const { id: callerId, name } = callerIn(call);
      const known = flows.get(flowId)?.get(editorId);
      if (known === undefined) await readDraft(db, flowId);
      else if (known.callerId !== callerId) throw notYours(editorId);
      const editors = flows.get(flowId) ?? new Map<string, OpenEditor>();
      if (known === undefined && editors.size >= MOST_EDITORS)
        return { status: 200, body: { items: editorsOf(flowId) } };
      clearTimeout(known?.end);
      editors.set(editorId, {
        editorId,
        name,
        ...(nodeId === undefined ? {} : { nodeId }),
        since: known?.since ?? new Date().toISOString(),
        callerId,
        end: setTimeout(() => leave(flowId, editorId), PRESENCE_ENDS_MS).unref(),
      });
      flows.set(flowId, editors);
      if (known === undefined || known.nodeId !== nodeId || known.name !== name) tell(flowId);
      return { status: 200, body: { items: editorsOf(flowId) } };
    },
    async leaveFlow({ params: { flowId, editorId }, ...call }) {
      const known = flows.get(flowId)?.get(editorId);
      if (known !== undefined && known.callerId !== callerIn(call).id) throw notYours(editorId);
      leave(flowId, editorId);
      return { status: 204, body: null };
    },
  };
}

function notYours(editorId: string): FlowError {
  return new FlowError('API_CONFLICT', { details: { what: `the editor "${editorId}" of someone else` } });
}
