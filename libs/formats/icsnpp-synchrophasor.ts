import { byWord, otLog } from './icsnpp-log.js';
import type { OtShape } from './icsnpp-log.js';
import type { ZeekLog } from './zeek-log.js';

/** Synchrophasor (IEEE C37.118.2) by ICSNPP: commands to a phasor measurement unit, and what it sends. */

const COMMANDS = new Map([
  ['Data off', 1],
  ['Data on', 2],
  ['Send HDR', 3],
  ['Send CFG-1', 4],
  ['Send CFG-2', 5],
  ['Send CFG-3', 6],
  ['Extended frame', 8],
]);

function sent(otherwise: string, more: Partial<OtShape> = {}): OtShape {
  return { protocol: 'synchrophasor', otherwise, operation: 'read', direction: () => 'response', ...more };
}

export const SYNCHROPHASOR_LOGS: readonly ZeekLog[] = [
  otLog('synchrophasor_cmd', ['frame_type', 'command'], {
    protocol: 'synchrophasor',
    name: ['command', 'frame_type'],
    codes: COMMANDS,
    operation: byWord([
      ['data o', 'control'],
      ['send', 'read'],
    ]),
    direction: () => 'request',
  }),
  otLog(
    'synchrophasor_data_detail',
    ['data_frame_id', 'pmu_idx'],
    sent('Data', {
      point: { always: 'pmu', at: ['pmu_idx'] },
      value: ['freq_dev_mhz', 'analog_data', 'est_polar_magnitude', 'est_rectangular_real'],
    }),
  ),
  otLog(
    'synchrophasor_data_detail',
    ['pmu_idx', 'trigger_reason'],
    sent('Data', { point: { always: 'pmu', at: ['pmu_idx'] }, value: ['freq_dev_mhz'] }),
  ),
  otLog(
    'synchrophasor_cfg_detail',
    ['pmu_idx', 'station_name'],
    sent('Configuration', { point: { always: 'pmu', at: ['pmu_idx'] }, value: ['station_name'] }),
  ),
  otLog(
    'synchrophasor_cfg',
    ['frame_type', 'cont_idx'],
    sent('Configuration', { point: { always: 'pmu', at: ['pmu_count_expected'] } }),
  ),
  otLog('synchrophasor_cfg', ['cfg_frame_id'], sent('Configuration', { value: ['data_rate'] })),
  otLog('synchrophasor_data', ['frame_type', 'pmu_count_actual'], sent('Data')),
  otLog('synchrophasor_hdr', ['frame_type', 'header_time_stamp', 'data'], sent('Header', { value: ['data'] })),
  otLog('synchrophasor', ['data_stream_id', 'history'], {
    protocol: 'synchrophasor',
    otherwise: 'Stream',
    operation: 'read',
    unit: ['data_stream_id'],
    value: ['history'],
  }),
];
