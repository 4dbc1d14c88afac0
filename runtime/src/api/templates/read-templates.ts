import type { FlowTemplate, FlowTemplateDetail } from '@crossdock/api-contract';
import { parseFlow } from '@crossdock/flow-model';
import type { Logger } from '../../log.ts';
import { type FlowFile, flowFiles, readmeOf } from './flow-files.ts';
import { needsOfFlow } from './needs-of-flow.ts';
import { firstSentence, readmeBody } from './readme-text.ts';

/** Every flow of the folder as a template, by the name of its folder; a file that is no flow is named in the log and passed over. */
export async function readTemplates({
  flowsDir,
  log,
}: {
  flowsDir: string;
  log: Pick<Logger, 'error'>;
}): Promise<FlowTemplateDetail[]> {
  const templates: FlowTemplateDetail[] = [];
  for (const file of await flowFiles(flowsDir)) {
    try {
      templates.push(templateOf(file, (await readmeOf(flowsDir, file.name)) ?? ''));
    } catch (error) {
      log.error({ err: error, file: file.path }, 'a flow file is no template');
    }
  }
  return templates;
}

/** Throws `FLOW_INVALID` and its like for a text that is no flow document. */
function templateOf({ name, text }: FlowFile, readme: string): FlowTemplateDetail {
  const flow = parseFlow(text);
  const body = readmeBody(readme);
  return {
    id: name,
    name: flow.name,
    summary: flow.description || firstSentence(body),
    nodeTypes: [...new Set(flow.nodes.map(({ type }) => type))],
    samples: flow.samples?.length ?? 0,
    tests: flow.tests?.length ?? 0,
    needs: needsOfFlow(flow),
    flow,
    readme: body,
  };
}

/** What the list shows of a template. */
export const rowOf = ({ flow: _flow, readme: _readme, ...row }: FlowTemplateDetail): FlowTemplate => row;
