/** Everything the designer knows of the runtime: requests, caches, live events. */
export { request, requestFlowFile, whenSignedOut } from './client.ts';
export {
  connectionsQuery,
  useCheckConnection,
  useConnections,
  useConnectionUsage,
  useCreateConnection,
  useDeleteConnection,
  useUpdateConnection,
} from './connections.ts';
export {
  deploymentHistoryQuery,
  deploymentsQuery,
  environmentsQuery,
  useCreateEnvironment,
  useDeploy,
  useDeployments,
  useEnvironments,
  useSaveVariables,
  useUndeploy,
  useVariables,
  variablesQuery,
} from './environments.ts';
export { type ExecutionFilter, type ExecutionPages, matchesFilter, mergeRows } from './execution-filter.ts';
export {
  executionQuery,
  executionsQuery,
  isUnfinished,
  payloadQuery,
  useExecution,
  useExecutions,
} from './executions.ts';
export {
  flowQuery,
  flowsQuery,
  nodeTypesQuery,
  revisionQuery,
  revisionsQuery,
  useCreateFlow,
  useDeleteFlow,
  useFlow,
  useFlows,
  useNodeTypes,
  usePublishFlow,
  useRevisions,
  useSaveFlow,
  useTestRun,
} from './flows.ts';
export { isAtWork, useJob, useJobs, useStopJob } from './jobs.ts';
export { keys } from './keys.ts';
export {
  apiKeysQuery,
  useApiKeys,
  useCreateApiKey,
  useCreateUser,
  useDeleteApiKey,
  useDeleteUser,
  usersQuery,
  useUpdateUser,
  useUsers,
} from './people.ts';
export { ApiError, explain, fixOf, sentence } from './problem.ts';
export { queryClient } from './query-client.ts';
export {
  type DeadLetterList,
  type InDoubtList,
  useCancelExecution,
  useDeadLetters,
  useInDoubt,
  useReplayCount,
  useReplayDeadLetters,
  useReplayExecution,
  useResolveCount,
  useResolveExecution,
  useResolveInDoubt,
} from './repairs.ts';
export { meQuery, useMay, useMaySomewhere, useMe, useSignIn, useSignOut } from './session.ts';
export { type Connection, followStream, useConnection } from './stream.ts';
