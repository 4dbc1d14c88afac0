/** Everything the designer knows of the runtime: requests, caches, live events. */
export {
  mySessionsQuery,
  passwordLinkQuery,
  useChangeMyPassword,
  useEndOtherSessions,
  useEndSession,
  useMySessions,
  useRenameMe,
  useSetOwnPassword,
} from './account.ts';
export { type AuditFilter, auditFilePath, useAudit, useAuditRow } from './audit.ts';
export { request, requestFlowFile, whenSignedOut } from './client.ts';
export {
  connectionsQuery,
  useCheckConnection,
  useChoices,
  useConnections,
  useConnectionUsage,
  useCreateConnection,
  useDeleteConnection,
  useRotateConnection,
  useUpdateConnection,
} from './connections.ts';
export {
  deploymentHistoryQuery,
  deploymentsQuery,
  useChanges,
  useDeploy,
  useDeploymentCallers,
  useDeploymentCheck,
  useDeploymentLog,
  useDeployments,
  useLastDeployments,
  usePromote,
  useRollback,
  useUndeploy,
} from './deployments.ts';
export { useChangeEgress, useEgress } from './egress.ts';
export {
  environmentsQuery,
  useCopyVariables,
  useCreateEnvironment,
  useDeleteEnvironment,
  useEnvironments,
  useOrderEnvironments,
  useReadVariables,
  useSaveVariables,
  useUpdateEnvironment,
  useVariables,
  useVariableUsage,
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
  useKeepExecution,
  useRevealPayload,
} from './executions.ts';
export {
  flowQuery,
  flowsQuery,
  nodeTypesQuery,
  revisionQuery,
  revisionsQuery,
  type TestRunAsked,
  useCreateFlow,
  useDeleteFlow,
  useFlow,
  useFlows,
  useNodeTypes,
  usePublishFlow,
  useRevisions,
  useRunTests,
  useSaveFlow,
  useTestRun,
} from './flows.ts';
export {
  type HealthRange,
  useAlarmChannels,
  useAlarmDeliveries,
  useAlarmRules,
  useAlarmSending,
  useAlarms,
  useDeleteAlarmChannel,
  useDeleteAlarmRule,
  useHealth,
  useResumeAlarmSending,
  useSaveAlarmChannel,
  useSaveAlarmRule,
  useTestAlarmChannel,
} from './health.ts';
export { isAtWork, useJob, useJobs, useStopJob } from './jobs.ts';
export { keys } from './keys.ts';
export {
  type OrderFilter,
  type SaidOfOrder,
  useOrder,
  useOrderFacets,
  useOrderFunnel,
  useOrderRules,
  useOrders,
  useSaveOrderRules,
  useSayOfOrder,
} from './orders.ts';
export {
  apiKeysQuery,
  useApiKeys,
  useCreateApiKey,
  useDeleteApiKey,
  useDeleteUser,
  useInviteUser,
  useResetUser,
  usersQuery,
  useSetUserDisabled,
  useUpdateUser,
  useUsers,
} from './people.ts';
export { changePreferences, preferencesQuery, usePreferences } from './preferences.ts';
export { useOthersInFlow } from './presence.ts';
export { ApiError, errorOf, explain, sentence, whatToDo } from './problem.ts';
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
export {
  useAuditRetention,
  useRetention,
  useRetentionEffect,
  useSaveAuditRetention,
  useSaveRetention,
} from './retention.ts';
export { meQuery, useAllowedIn, useMay, useMe, useSignIn, useSignOut } from './session.ts';
export { useSaveStatusMap, useStatusMaps, useUnmappedStatuses } from './statuses.ts';
export { type Connection, followStream, useConnection } from './stream.ts';
export {
  useDeleteSubscription,
  usePauseSubscription,
  useReplaySubscription,
  useResumeSubscription,
  useSaveSubscription,
  useSubscriptionFailures,
  useSubscriptions,
  useTestSubscription,
} from './subscriptions.ts';
export {
  templateQuery,
  useTemplate,
  useTemplates,
} from './templates.ts';
export {
  type NewXrefId,
  useImportXrefs,
  useLinkXref,
  useUnlinkXref,
  useXrefNames,
  useXrefProposals,
  useXrefs,
  type XrefFilter,
} from './xrefs.ts';
