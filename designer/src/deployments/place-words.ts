/**
 * Where an issue stands, as people read it: `erp · config.headers.X-Company` for a field of a node, else the field of the flow.
 * @param path JSON Pointer into the flow
 */
export function placeWords(path: string, nodeId: string | undefined): string {
  const keys = path.split('/').slice(1);
  const field = (nodeId === undefined ? keys : keys.slice(2))
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .join('.');
  return [nodeId, field].filter(Boolean).join(' · ');
}
