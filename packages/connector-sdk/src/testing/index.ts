export { loopbackHttp } from './loopback-http.ts';
export { memoryBlobs } from './memory-blobs.ts';
export { type NodeCase, runCase } from './node-case.ts';
export { type NodeOutcome, type NodeTestOptions, type PublishedMessage, runNodeForTest } from './run-node.ts';
export { type ReceivedRequest, startTestServer, type TestServer } from './test-server.ts';
