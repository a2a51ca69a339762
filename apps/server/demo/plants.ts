/** An asset of a demonstration plant, as the REST interface takes it. */
interface DemoAsset {
  name: string;
  zone: string;
  componentType: string;
  role: string;
  criticality: number;
  addresses: string[];
  hostnames: string[];
}

export interface DemoPlant {
  name: string;
  timeZone: string;
  site: string;
  /** Zone and its target security level (IEC 62443-3-3 SL-T). */
  zones: Record<string, number>;
  conduits: [from: string, to: string, services: string[]][];
  assets: DemoAsset[];
}

/** @param kind component type (IEC 62443-4-2) and role, as in `embedded_device/plc` */
function asset(zone: string, name: string, address: string, kind: string): DemoAsset {
  const [componentType = '', role = ''] = kind.split('/');
  const criticality = componentType === 'embedded_device' ? 4 : 2;
  return { name, zone, componentType, role, criticality, addresses: [address], hostnames: [name] };
}

/** Two customers whose addresses are those in the recorded logs. */
export const PLANTS: readonly DemoPlant[] = [
  {
    name: 'Riverside Waterworks',
    timeZone: 'Europe/Prague',
    site: 'Riverside treatment plant',
    zones: { Enterprise: 1, Operations: 2, 'Process control': 3 },
    conduits: [
      ['Enterprise', 'Operations', ['ssh', 'rdp']],
      ['Operations', 'Process control', ['dnp3', 'modbus']],
    ],
    assets: [
      asset('Enterprise', 'slave22', '10.20.0.22', 'host_device/jump_host'),
      asset('Operations', 'riv-sw-01', '10.20.0.2', 'network_device/network_device'),
      asset('Operations', 'scada-01', '10.10.20.5', 'host_device/operator_station'),
      asset('Process control', 'pump-rtu-08', '10.10.20.8', 'embedded_device/rtu'),
      asset('Process control', 'dosing-plc-02', '3.15.227.20', 'embedded_device/plc'),
    ],
  },
  {
    name: 'Northfield Power Station',
    timeZone: 'America/Chicago',
    site: 'Northfield unit 1',
    zones: { 'Control room': 2, 'Turbine control': 4 },
    conduits: [['Control room', 'Turbine control', ['s7comm']]],
    assets: [
      asset('Control room', 'WORKSTATION5', '172.18.39.5', 'host_device/operator_station'),
      asset('Control room', 'maintenance-laptop', '134.217.61.131', 'host_device/server'),
      asset('Turbine control', 'turbine-plc-01', '134.217.61.211', 'embedded_device/plc'),
    ],
  },
];
