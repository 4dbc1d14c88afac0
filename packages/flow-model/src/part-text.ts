import { isFlowError } from '@crossdock/errors';
import type { Flow } from './document.ts';
import { parseFlow } from './parse-flow.ts';

/**
 * Reads a part of a flow from text that may have been through a mail or a chat: what stands around the outermost braces is passed over, as are
 * quotation marks of mail (`> `) and spaces that do not break. The text of a whole flow file is a part too. Throws what `parseFlow` throws.
 */
export function parsePart(text: string): Flow {
  const from = text.indexOf('{');
  const json = from < 0 ? text : text.slice(from, text.lastIndexOf('}') + 1);
  try {
    return parseFlow(json);
  } catch (error) {
    const plain = json.replaceAll('\u00a0', ' ').replace(/^[ \t]*>[> \t]*/gm, '');
    if (!isFlowError(error, 'DATA_MALFORMED') || plain === json) throw error;
    return parseFlow(plain);
  }
}
