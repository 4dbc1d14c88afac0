import type { Address, Content, SourceNode, TargetNode } from '@crossdock/mapping';

/** A place that holds others: dropping on it adds to it. */
export function isGroup({ address, state, children }: TargetNode): boolean {
  return children.length > 0 || state === 'whole' || state === 'partial' || (address.length === 0 && state === 'open');
}

/** What dropping a source value on a place of the target puts where. */
export function dropOn(target: TargetNode, source: SourceNode): { address: Address; content: Content } {
  const { path } = source;
  const isRecords = source.isList && source.children.length > 0;
  if (target.isList && isRecords) return { address: target.address, content: { loop: path } };
  const isWhole = source.children.length > 0 && target.address.length > 0 && target.state !== 'whole';
  if (!isGroup(target) || (isWhole && !isRecords)) return { address: target.address, content: { copy: path } };
  const address = [...addressInside(target), source.name];
  return { address, content: isRecords ? { loop: path } : { copy: path } };
}

/** Where the fields of a place stand. */
function addressInside({ address, isList, children }: TargetNode): Address {
  const [first] = children;
  if (first) return first.address.slice(0, -1);
  return isList ? [...address, 0] : address;
}
