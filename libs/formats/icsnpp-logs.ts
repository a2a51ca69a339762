import { BACNET_LOGS } from './icsnpp-bacnet.js';
import { BSAP_LOGS } from './icsnpp-bsap.js';
import { DNP3_LOGS } from './icsnpp-dnp3.js';
import { ENIP_LOGS } from './icsnpp-enip.js';
import { ETHERCAT_LOGS } from './icsnpp-ethercat.js';
import { FINS_LOGS } from './icsnpp-fins.js';
import { GENISYS_LOGS } from './icsnpp-genisys.js';
import { GE_SRTP_LOGS } from './icsnpp-ge-srtp.js';
import { HART_LOGS } from './icsnpp-hart.js';
import { MODBUS_LOGS } from './icsnpp-modbus.js';
import { OPCUA_LOGS } from './icsnpp-opcua.js';
import { PROFINET_LOGS } from './icsnpp-profinet.js';
import { ROC_LOGS } from './icsnpp-roc.js';
import { S7COMM_LOGS } from './icsnpp-s7comm.js';
import { SYNCHROPHASOR_LOGS } from './icsnpp-synchrophasor.js';
import type { ZeekLog } from './zeek-log.js';
import { MQTT_LOGS } from './zeek-mqtt.js';

/** The logs of industrial protocols. The order decides between logs that share columns. */
export const INDUSTRIAL_LOGS: readonly ZeekLog[] = [
  ...S7COMM_LOGS,
  ...DNP3_LOGS,
  ...BSAP_LOGS,
  ...MODBUS_LOGS,
  ...ENIP_LOGS,
  ...PROFINET_LOGS,
  ...GE_SRTP_LOGS,
  ...HART_LOGS,
  ...ROC_LOGS,
  ...FINS_LOGS,
  ...GENISYS_LOGS,
  ...SYNCHROPHASOR_LOGS,
  ...ETHERCAT_LOGS,
  ...BACNET_LOGS,
  ...MQTT_LOGS,
  ...OPCUA_LOGS,
];

/** Ports by which a row of ICSNPP without any column of its own still tells its protocol (IANA, or the vendor's). */
export const INDUSTRIAL_PORTS: ReadonlyMap<number, string> = new Map([
  [102, 's7comm'],
  [502, 'modbus'],
  [1234, 'bsap'],
  [1235, 'bsap'],
  [2222, 'enip'],
  [4000, 'roc_plus'],
  [4712, 'synchrophasor'],
  [4840, 'opcua_binary'],
  [5094, 'hart_ip'],
  [9600, 'omron_fins'],
  [10001, 'genisys'],
  [18245, 'ge_srtp'],
  [20000, 'dnp3'],
  [34964, 'profinet_io_cm'],
  [44818, 'enip'],
  [47808, 'bacnet'],
]);

const SERVICES = new Set(['modbus', 'cotp', 'cip', 'mqtt', 's7comm_plus', ...INDUSTRIAL_PORTS.values()]);

/** Our name of the industrial protocol in what `conn` calls the services: `cotp,s7comm-plus`, `dnp3_tcp`, `spicy_genisys_tcp`. */
export function industrialService(services: string): string | undefined {
  let found: string | undefined;
  for (const service of services.slice(0, 256).split(',')) {
    const name = service
      .toLowerCase()
      .replaceAll('-', '_')
      .replace(/^spicy_/, '')
      .replace(/_(?:tcp|udp|ip|serial)$/, '');
    const known = SERVICES.has(name) ? name : SERVICES.has(`${name}_ip`) ? `${name}_ip` : undefined;
    // COTP carries the other.
    if (known !== undefined && (found === undefined || found === 'cotp')) found = known;
  }
  return found;
}
