export { ConnectionMemories } from './connection-memories.ts';
export { type ConnectionRow, connectionOf, namedConnections, publishedOf, readConnection } from './connection-rows.ts';
export { type ConnectionUses, flowsIn, readChannelUses, readConnectionUses, useKey } from './connection-usage.ts';
export { listChoices } from './list-choices.ts';
export { type Connections, openConnection, openConnections } from './open-connections.ts';
export { rewrapConnections } from './rewrap-connections.ts';
export { rotateConnection } from './rotate-connection.ts';
export { tryConnection } from './try-connection.ts';
export { type ConnectionStore, createConnection, deleteConnection, updateConnection } from './write-connections.ts';
