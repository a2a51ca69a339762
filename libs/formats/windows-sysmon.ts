import { meaningsOf } from './windows-meanings.js';
import {
  readDll,
  readDns,
  readFile,
  readNetwork,
  readPipe,
  readProcess,
  readRegistry,
  readSource,
  readState,
} from './windows-sysmon-fields.js';

/** Sysmon's events (`sysmon -s`), with the ECS fields that Elastic's Sysmon module gives them. */
const TABLE = `
1 process_created process start process
2 file_time_changed file change file
3 connection network connection+start+protocol network
4 sysmon_state process change state
5 process_exited process end process
6 driver_loaded driver start file
7 library_loaded library start dll
8 remote_thread_created process change source
9 raw_disk_read process access process
10 process_accessed process access source
11 file_created file creation file
12 registry_key_changed configuration+registry change registry
13 registry_value_changed configuration+registry change registry
14 registry_renamed configuration+registry change registry
15 file_stream_created file access file
16 logging_changed configuration change
17 pipe_created file creation pipe
18 pipe_connected file access pipe
19 wmi_filter_changed configuration change process
20 wmi_consumer_changed configuration change process
21 wmi_binding_changed configuration change process
22 dns_query network connection+protocol+info dns
23,26 file_deleted file deletion file
24 clipboard_changed process info process
25 process_tampered process change process
27 executable_blocked file info file
28 shredding_blocked file info file
29 executable_found file info file
255 sysmon_error process info
`;

export const SYSMON = meaningsOf(TABLE, {
  process: readProcess,
  source: readSource,
  file: readFile,
  dll: readDll,
  dns: readDns,
  network: readNetwork,
  pipe: readPipe,
  registry: readRegistry,
  state: readState,
});
