import { isFlowError } from '@crossdock/errors';
import { type Flow, type Issue, type NodeManifest, parseFlow, validateFlow } from '@crossdock/flow-model';
import { checkMapping } from '@crossdock/mapping';

/** A file that was dropped or chosen: a flow with what is wrong in it, or why it is none. */
export type FlowFile =
  | { kind: 'flow'; flow: Flow; issues: readonly Issue[] }
  | { kind: 'unreadable'; message: string; code: string; issues: readonly Issue[] };

/** Reads the text of a flow file, losslessly and with all its issues; never throws for what the file holds. */
export function readFlowFile(text: string, nodeTypes: readonly NodeManifest[]): FlowFile {
  try {
    const flow = parseFlow(text);
    const manifests = new Map(nodeTypes.map((manifest) => [manifest.type, manifest]));
    return { kind: 'flow', flow, issues: validateFlow(flow, { manifests, checkMapping }) };
  } catch (error) {
    if (!isFlowError(error)) throw error;
    const issues = Array.isArray(error.details.issues) ? (error.details.issues as Issue[]) : [];
    return { kind: 'unreadable', message: error.message, code: error.code, issues };
  }
}
