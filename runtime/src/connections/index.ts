export { ConnectionMemories } from './connection-memories.ts';
export { type Connections, openConnection, openConnections } from './open-connections.ts';
