export { runFlowTest, runFlowTests, runOfTest, type TestPorts } from './run-flow-tests.ts';
