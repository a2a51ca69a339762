import { otLog } from './icsnpp-log.js';
import type { ZeekLog } from './zeek-log.js';

/** MQTT (OASIS 3.1.1) by Zeek's own analyser. What a message means for the process is the topic's business. */
export const MQTT_LOGS: readonly ZeekLog[] = [
  otLog('mqtt_connect', ['proto_name', 'proto_version'], connect()),
  otLog('mqtt_connect', ['connect_status'], connect()),
  otLog('mqtt_publish', ['from_client', 'topic'], publish()),
  otLog('mqtt_publish', ['from_client', 'payload_len'], publish()),
  otLog('mqtt_subscribe', ['action', 'topics'], subscribe()),
  otLog('mqtt_subscribe', ['granted_qos_level'], subscribe()),
];

function connect(): Parameters<typeof otLog>[2] {
  return {
    protocol: 'mqtt',
    otherwise: 'CONNECT',
    codes: new Map([['CONNECT', 1]]),
    operation: 'other',
    value: ['client_id'],
    finish: (event, row, ot) => {
      const status = row.connect_status;
      if (typeof status !== 'string') return;
      if (status === 'Connection Accepted') event.event.outcome = 'success';
      else {
        ot.exception = status;
        event.event.outcome = 'failure';
      }
    },
  };
}

function publish(): Parameters<typeof otLog>[2] {
  return {
    protocol: 'mqtt',
    otherwise: 'PUBLISH',
    codes: new Map([['PUBLISH', 3]]),
    operation: 'other',
    direction: (row) => (row.from_client === false ? 'response' : 'request'),
    point: { always: 'topic', at: ['topic'] },
    value: ['payload'],
  };
}

function subscribe(): Parameters<typeof otLog>[2] {
  return {
    protocol: 'mqtt',
    name: ['action'],
    otherwise: 'SUBSCRIBE',
    operation: 'read',
    direction: () => 'request',
    point: { always: 'topic', at: ['topics'] },
  };
}
