import { describe, expect, it } from 'vitest';
import type { EcsEvent } from './event.js';
import { auditCategory } from './taxonomy.js';

const anEvent = (event: Partial<EcsEvent['event']>, ot?: EcsEvent['ot']): EcsEvent => ({
  '@timestamp': '',
  message: '',
  event: { original: '', created: '', kind: 'event', dataset: 'x', ...event },
  ...(ot ? { ot } : {}),
});
const ot = (operation: NonNullable<EcsEvent['ot']>['operation'], exception?: string) => ({
  protocol: 'modbus',
  operation,
  exception,
});

describe('the audit category of IEC 62443-4-2 CR 2.8', () => {
  it.each([
    ['access_control', anEvent({ category: ['authentication'], type: ['start'] })],
    ['access_control', anEvent({ category: ['iam'], type: ['user', 'creation'] })],
    ['access_control', anEvent({ category: ['network'], type: ['connection', 'denied'] })],
    ['configuration_change', anEvent({ category: ['configuration'], type: ['change'] })],
    ['configuration_change', anEvent({}, ot('program_download'))],
    ['audit_log', anEvent({ category: ['configuration'], type: ['change'], action: 'logging_disabled' })],
    ['audit_log', anEvent({ category: ['iam'], action: 'audit_log_cleared' })],
    ['control_system', anEvent({ category: ['host'], type: ['start'] })],
    ['control_system', anEvent({}, ot('stop'))],
    ['control_system', anEvent({}, ot('write'))],
    ['backup_restore', anEvent({}, ot('program_upload'))],
    ['request_error', anEvent({}, ot('read', 'ILLEGAL_DATA_ADDRESS'))],
    [undefined, anEvent({ category: ['network'], type: ['connection', 'end'] })],
    [undefined, anEvent({ category: ['configuration'], type: ['info'] })],
    [undefined, anEvent({}, ot('read'))],
    [undefined, anEvent({})],
  ])('is %s', (expected, event) => expect(auditCategory(event)).toBe(expected));
});
