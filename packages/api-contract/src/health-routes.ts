import Type from 'typebox';
import * as a from './alarm-schemas.ts';
import { HEALTH_RANGE_NAMES, Health } from './health-schemas.ts';
import { defineRoute } from './route.ts';
import * as s from './schemas.ts';

const RuleParams = Type.Object({ ruleId: Type.String({ maxLength: 64 }) });
const ChannelParams = Type.Object({ channelId: Type.String({ maxLength: 64 }) });

/** How flows and the systems they call are doing; alarms, their rules and where they go. */
export const healthRoutes = {
  getHealth: defineRoute({
    id: 'getHealth',
    method: 'GET',
    path: '/api/v1/health',
    permission: 'health:read',
    summary: 'Flows and remotes over a range: throughput, success, durations, queues, breakers, dead letters, alarms',
    query: Type.Object(
      { env: Type.Optional(s.EnvName), range: Type.Optional(s.literals(HEALTH_RANGE_NAMES)) },
      { additionalProperties: false },
    ),
    responses: { 200: Health },
  }),
  listAlarms: defineRoute({
    id: 'listAlarms',
    method: 'GET',
    path: '/api/v1/alarms',
    permission: 'health:read',
    summary: 'Alarms, newest first',
    query: Type.Object(
      { ...s.PageQuery, env: Type.Optional(s.EnvName), state: Type.Optional(s.literals(a.ALARM_STATES)) },
      { additionalProperties: false },
    ),
    responses: { 200: a.AlarmPage },
  }),
  listAlarmRules: defineRoute({
    id: 'listAlarmRules',
    method: 'GET',
    path: '/api/v1/alarm-rules',
    permission: 'health:read',
    summary: 'Alarm rules',
    responses: { 200: a.AlarmRules },
  }),
  createAlarmRule: defineRoute({
    id: 'createAlarmRule',
    method: 'POST',
    path: '/api/v1/alarm-rules',
    permission: 'alarms:write',
    audit: 'alarm-rule.created',
    summary: 'Add an alarm rule',
    body: a.AlarmRuleBody,
    responses: { 201: a.AlarmRule },
  }),
  updateAlarmRule: defineRoute({
    id: 'updateAlarmRule',
    method: 'PUT',
    path: '/api/v1/alarm-rules/:ruleId',
    permission: 'alarms:write',
    audit: 'alarm-rule.changed',
    summary: 'Change or mute an alarm rule; its open alarms are looked at anew',
    params: RuleParams,
    body: a.AlarmRuleBody,
    responses: { 200: a.AlarmRule },
  }),
  deleteAlarmRule: defineRoute({
    id: 'deleteAlarmRule',
    method: 'DELETE',
    path: '/api/v1/alarm-rules/:ruleId',
    permission: 'alarms:write',
    audit: 'alarm-rule.deleted',
    summary: 'Remove an alarm rule with its alarms',
    params: RuleParams,
    responses: { 204: s.Nothing },
  }),
  listAlarmChannels: defineRoute({
    id: 'listAlarmChannels',
    method: 'GET',
    path: '/api/v1/alarm-channels',
    permission: 'health:read',
    summary: 'Where alarms go',
    responses: { 200: a.AlarmChannels },
  }),
  createAlarmChannel: defineRoute({
    id: 'createAlarmChannel',
    method: 'POST',
    path: '/api/v1/alarm-channels',
    permission: 'alarms:write',
    audit: 'alarm-channel.created',
    summary: 'Add a channel',
    body: a.AlarmChannelBody,
    responses: { 201: a.AlarmChannel },
  }),
  updateAlarmChannel: defineRoute({
    id: 'updateAlarmChannel',
    method: 'PUT',
    path: '/api/v1/alarm-channels/:channelId',
    permission: 'alarms:write',
    audit: 'alarm-channel.changed',
    summary: 'Change a channel',
    params: ChannelParams,
    body: a.AlarmChannelBody,
    responses: { 200: a.AlarmChannel },
  }),
  deleteAlarmChannel: defineRoute({
    id: 'deleteAlarmChannel',
    method: 'DELETE',
    path: '/api/v1/alarm-channels/:channelId',
    permission: 'alarms:write',
    audit: 'alarm-channel.deleted',
    summary: 'Remove a channel that no rule sends to',
    params: ChannelParams,
    responses: { 204: s.Nothing },
  }),
  testAlarmChannel: defineRoute({
    id: 'testAlarmChannel',
    method: 'POST',
    path: '/api/v1/alarm-channels/:channelId/test',
    permission: 'alarms:write',
    audit: 'alarm-channel.tested',
    summary: 'Send a test notice now, once; the answer says what became of it',
    params: ChannelParams,
    responses: { 200: a.AlarmDelivery },
  }),
  listAlarmDeliveries: defineRoute({
    id: 'listAlarmDeliveries',
    method: 'GET',
    path: '/api/v1/alarm-deliveries',
    permission: 'health:read',
    summary: 'What was sent to channels, newest first',
    query: Type.Object(
      { ...s.PageQuery, channelId: Type.Optional(Type.String({ maxLength: 64 })) },
      { additionalProperties: false },
    ),
    responses: { 200: a.AlarmDeliveryPage },
  }),
} as const;
