import { describe, expect, it } from 'vitest';
import { normalise } from './normalise.js';

const read = (raw: string) => normalise({ raw, receivedAt: Date.parse('2025-03-14T09:30:00Z'), timeZone: 'UTC' });

describe('FortiGate', () => {
  const fortigate = (keys: string) =>
    read(`<189>date=2025-03-14 time=09:26:53 devname="fw1" devid="FGT60D4614044725" ${keys}`);
  it.each([
    [
      'eventtime=1741944413589000000 tz="+0100" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=10.0.0.1 srcport=1024 srcintf="it" srcintfrole="lan" dstip=10.1.0.2 dstport=502 dstintf="ot" proto=6 action="deny" policyid=7 policyname="IT to OT" service="MODBUS" sentbyte=60 rcvdbyte=0',
      {
        '@timestamp': '2025-03-14T09:26:53.589Z',
        host: { name: 'fw1' },
        event: { dataset: 'fortinet.traffic', code: '0000000013', type: ['connection', 'denied'], outcome: 'failure' },
        source: { ip: '10.0.0.1', port: 1024, bytes: 60 },
        destination: { ip: '10.1.0.2', port: 502 },
        network: { transport: 'tcp', iana_number: '6', protocol: 'modbus' },
        rule: { id: '7', name: 'IT to OT' },
        observer: { vendor: 'Fortinet', serial_number: 'FGT60D4614044725', ingress: { interface: { name: 'it' } } },
        plantwatch: { audit_category: 'access_control' },
      },
    ],
    [
      'tz="+0100" logid="0100032001" type="event" subtype="system" level="information" logdesc="Admin login successful" user="admin" ui="https(10.0.0.5)" action="login" status="success" msg="Administrator admin logged in successfully from https(10.0.0.5)"',
      {
        '@timestamp': '2025-03-14T08:26:53.000Z',
        event: { category: ['authentication', 'session'], action: 'login', outcome: 'success' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
      },
    ],
    [
      'logid="0100044547" type="event" subtype="system" logdesc="Object attribute configured" user="admin" ui="GUI(10.0.0.5)" action="Edit" cfgpath="firewall.policy" msg="Edit firewall.policy 7"',
      {
        event: { category: ['configuration'], type: ['change'] },
        plantwatch: { audit_category: 'configuration_change' },
      },
    ],
    [
      'logid="0419016384" type="utm" subtype="ips" srcip=10.0.0.1 dstip=10.1.0.2 attack="Modbus.Write" attackid=9 action="dropped" msg="ics: Modbus.Write"',
      {
        event: { kind: 'alert', category: ['intrusion_detection', 'network'] },
        rule: { name: 'Modbus.Write', id: '9' },
      },
    ],
  ])('%s', (keys, expected) => expect(fortigate(keys)).toMatchObject(expected));
});

describe('PAN-OS', () => {
  const pan = (columns: string) => read(`<14>Mar 14 09:26:53 relay 1,2025/03/14 09:26:53,007200001056,${columns}`);
  it.each([
    [
      'TRAFFIC,drop,1,2025/03/14 09:26:52,10.0.0.1,10.1.0.2,0.0.0.0,0.0.0.0,"no ""IT"", please",plant\\bob,,modbus,vsys1,it,ot,ae1,ae2,fwd,2025/03/14 09:26:52,77,1,1024,502,0,0,0x0,tcp,deny,60,60,0,1,2025/03/14 09:26:50,0,any,0,123,0x0,10.0.0.0-10.255.255.255,DE,0,1,0,policy-deny,0,0,0,0,,pa1,from-policy',
      {
        '@timestamp': '2025-03-14T09:26:52.000Z',
        host: { name: 'pa1' },
        event: {
          dataset: 'panw.traffic',
          type: ['connection', 'denied'],
          outcome: 'failure',
          reason: 'policy-deny',
          sequence: 123,
          start: '2025-03-14T09:26:50.000Z',
        },
        source: { ip: '10.0.0.1', port: 1024, bytes: 60, user: { name: 'plant\\bob' } },
        destination: { ip: '10.1.0.2', port: 502 },
        user: { name: 'bob', domain: 'plant' },
        rule: { name: 'no "IT", please' },
        network: { transport: 'tcp', application: 'modbus' },
        observer: { ingress: { zone: 'it' }, egress: { zone: 'ot' }, serial_number: '007200001056' },
      },
    ],
    [
      'THREAT,vulnerability,1,2025/03/14 09:26:52,10.0.0.1,10.1.0.2,,,r1,,,modbus,vsys1,it,ot,ae1,ae2,fwd,2025/03/14 09:26:52,77,1,1024,502,0,0,0x0,tcp,reset-both,"",Modbus Write(54321),any,high,client-to-server,5',
      {
        event: { kind: 'alert', category: ['intrusion_detection', 'network'], type: ['denied'] },
        rule: { name: 'r1' },
        panw: { panos: { threat: 'Modbus Write(54321)', severity: 'high' } },
      },
    ],
    [
      'THREAT,url,1,2025/03/14 09:26:52,10.0.0.1,192.0.2.2,,,r1,,,web-browsing,vsys1,it,out,ae1,ae2,fwd,2025/03/14 09:26:52,77,1,1024,80,0,0,0x0,tcp,block-url,"example.org/",(9999),malware,informational,client-to-server',
      {
        event: { kind: 'event', category: ['web', 'network'], type: ['access', 'denied'] },
        url: { original: 'example.org/' },
      },
    ],
    [
      'SYSTEM,auth,0,2025/03/14 09:26:52,,auth-fail,,0,0,general,medium,"failed authentication for user \'admin\'. Reason: Invalid username/password. From: 10.0.0.5.",1,0x0,0,0,0,0,,pa1',
      {
        event: { category: ['authentication'], outcome: 'failure', code: 'auth-fail' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
      },
    ],
    [
      'CONFIG,0,0,2025/03/14 09:26:52,10.0.0.5,,set,admin,Web,Succeeded, vsys  vsys1 rulebase,1,0x0,0,0,0,0,,pa1',
      {
        event: { category: ['configuration'], type: ['change'], outcome: 'success', action: 'set' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
        plantwatch: { audit_category: 'configuration_change' },
      },
    ],
    ['NEWTYPE,x,0,2025/03/14 09:26:52,a,b', { event: { dataset: 'panw.newtype' }, panw: { panos: { column_8: 'a' } } }],
  ])('%s', (columns, expected) => expect(pan(columns)).toMatchObject(expected));
});

describe('Check Point', () => {
  const expected = {
    event: { module: 'checkpoint', type: ['connection', 'denied'], outcome: 'failure' },
    source: { ip: '10.0.0.1', port: 1024 },
    destination: { ip: '10.1.0.2', port: 502 },
    rule: { name: 'IT to OT' },
    observer: { vendor: 'Check Point' },
  };
  it.each([
    'time=1741944413|hostname=cp1|product=VPN-1 & FireWall-1|action=Drop|src=10.0.0.1|s_port=1024|dst=10.1.0.2|service=502|proto=6|rule_name=IT to OT|rule_name=other',
    '<134>1 2025-03-14T09:26:53Z cp1 CheckPoint 26203 - [sc4s@2620 product="VPN-1 & FireWall-1" action="Drop" src="10.0.0.1" s_port="1024" dst="10.1.0.2" service="502" proto="6" rule_name="IT to OT"]',
    '<134>1 2025-03-14T09:26:53Z cp1 CheckPoint 26203 - [action:"Drop"; product:"VPN-1 & FireWall-1"; src:"10.0.0.1"; s_port:"1024"; dst:"10.1.0.2"; service:"502"; proto:"6"; rule_name:"IT to OT"]',
    '<134>1 2025-03-14 09:26:53 cp1 CheckPoint 26203 - [action:"Drop"; product:"VPN-1 & FireWall-1"; src:"10.0.0.1"; s_port:"1024"; dst:"10.1.0.2"; service:"502"; proto:"6"; rule_name:"IT to OT"]',
  ])('reads %s', (raw) => {
    const event = read(raw);
    expect(event).toMatchObject({ ...expected, '@timestamp': '2025-03-14T09:26:53.000Z', host: { name: 'cp1' } });
    expect(event.error).toBeUndefined();
  });

  it('reads what administrators do', () => {
    const act = (operation: string) =>
      read(
        `time=1741944413|hostname=cp1|product=SmartConsole|action=Accept|administrator=bob|client_ip=10.0.0.5|operation=${operation}|subject=x`,
      );
    expect(act('Log In')).toMatchObject({
      event: { category: ['authentication'], outcome: 'success' },
      user: { name: 'bob' },
      source: { ip: '10.0.0.5' },
    });
    expect(act('Modify Object')).toMatchObject({
      event: { type: ['change'] },
      plantwatch: { audit_category: 'configuration_change' },
    });
    expect(act('Log Out').event.category).toEqual(['session']);
  });
});

describe('Sophos', () => {
  it.each([
    [
      '<30>device="SFW" date=2025-03-14 time=09:26:53 timezone="CET" device_name="XG210" device_id=C2 log_id=010102600002 log_type="Firewall" log_component="Firewall Rule" log_subtype="Denied" status="Deny" priority=Warning fw_rule_id=3 src_ip=10.0.0.1 src_port=1024 dst_ip=10.1.0.2 dst_port=502 protocol="TCP" in_interface="PortA"',
      {
        '@timestamp': '2025-03-14T09:26:53.000Z',
        event: { dataset: 'sophos.xg', type: ['connection', 'denied'] },
        source: { ip: '10.0.0.1', port: 1024 },
        destination: { ip: '10.1.0.2', port: 502 },
        rule: { id: '3' },
      },
    ],
    [
      '<30>device="SFW" date=2025-03-14 time=09:26:53 device_id=C2 log_id=062910617701 log_type="Event" log_component="GUI" log_subtype="Admin" status="Failed" user_name="admin" src_ip=10.0.0.5 message="User admin failed to login to Web Admin Console because of wrong credentials"',
      {
        event: { category: ['authentication'], outcome: 'failure' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
      },
    ],
    [
      '<30>2025:03:14-09:26:53 utm ulogd[4]: id="2001" severity="info" sys="SecureNet" sub="packetfilter" name="Packet dropped" action="drop" fwrule="60001" initf="eth0" srcip="10.0.0.1" dstip="10.1.0.2" proto="6" srcport="1024" dstport="502"',
      { event: { dataset: 'sophos.utm', code: '2001', type: ['connection', 'denied'] }, destination: { port: 502 } },
    ],
  ])('%s', (raw, expected) => expect(read(raw)).toMatchObject(expected));
});

describe('Junos', () => {
  it.each([
    [
      '<14>1 2025-03-14T09:26:53.589Z srx1 RT_FLOW - RT_FLOW_SESSION_DENY [junos@2636.1.1.1.2.34 source-address="10.0.0.1" source-port="1024" destination-address="10.1.0.2" destination-port="502" service-name="None" protocol-id="6" policy-name="IT to OT" source-zone-name="it" destination-zone-name="ot"]',
      {
        event: { action: 'session_denied', type: ['connection', 'denied'], code: 'RT_FLOW_SESSION_DENY' },
        source: { ip: '10.0.0.1', port: 1024 },
        rule: { name: 'IT to OT' },
        observer: { ingress: { zone: 'it' }, type: 'firewall' },
      },
    ],
    [
      '<14>Mar 14 09:26:53 srx1 RT_FLOW: RT_FLOW_SESSION_CLOSE: session closed TCP FIN: 10.0.0.1/1024->10.1.0.2/502 None 10.0.0.1/1024->10.1.0.2/502 None None 6 p1 it ot 77 5(300) 4(200) 12 UNKNOWN UNKNOWN N/A(N/A) ge-0/0/0.0',
      {
        event: { type: ['connection', 'allowed', 'end'], reason: 'TCP FIN', duration: 12_000_000_000 },
        source: { ip: '10.0.0.1', bytes: 300, packets: 5 },
        destination: { ip: '10.1.0.2', bytes: 200 },
        network: { transport: 'tcp' },
      },
    ],
    [
      "<14>Mar 14 09:26:53 ex1 mgd[3046]: UI_CMDLINE_READ_LINE: User 'admin', command 'delete system syslog host 10.0.0.9 '",
      { event: { action: 'logging_disabled' }, user: { name: 'admin' }, plantwatch: { audit_category: 'audit_log' } },
    ],
    [
      "<14>Mar 14 09:26:53 ex1 mgd[3046]: UI_COMMIT: User 'admin' requested 'commit' operation (comment: none)",
      { event: { category: ['configuration'] }, user: { name: 'admin' } },
    ],
    [
      "<14>Mar 14 09:26:53 ex1 mgd[3046]: UI_LOGIN_EVENT: User 'admin' login, class 'j-super-user' [3046], ssh-connection '10.0.0.5 4000 10.0.0.1 22', client-mode 'cli'",
      {
        event: { category: ['authentication', 'session'], outcome: 'success' },
        user: { name: 'admin' },
        source: { ip: '10.0.0.5' },
      },
    ],
    [
      "<14>Mar 14 09:26:53 ex1 sshd[3]: SSHD_LOGIN_FAILED: Login failed for user 'root' from host '192.0.2.7'",
      { event: { outcome: 'failure' }, user: { name: 'root' }, source: { ip: '192.0.2.7' } },
    ],
    [
      '<14>Mar 14 09:26:53 srx1 RT_IDS: RT_SCREEN_TCP: TCP sweep! source: 192.0.2.7:40, destination: 10.0.0.1:80, zone name: out, interface name: ge-0/0/1.0, action: drop',
      { event: { kind: 'alert' }, rule: { name: 'TCP sweep' }, source: { ip: '192.0.2.7' } },
    ],
  ])('%s', (raw, expected) => expect(read(raw)).toMatchObject(expected));
});

describe('netfilter', () => {
  it('reads the LOG target', () => {
    expect(
      read(
        '<4>Mar 14 09:26:53 gw1 kernel: [ 77.123456] DROP-IT IN=eth0 OUT=eth1 MAC=00:0c:29:28:dd:c6:00:0c:29:28:dd:c5:08:00 SRC=10.0.0.1 DST=10.1.0.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64 ID=7 DF PROTO=TCP SPT=1024 DPT=502 WINDOW=1 RES=0x00 SYN URGP=0',
      ),
    ).toMatchObject({
      event: { type: ['connection', 'denied'] },
      source: { ip: '10.0.0.1', port: 1024, mac: '00-0C-29-28-DD-C5' },
      destination: { ip: '10.1.0.2', port: 502, mac: '00-0C-29-28-DD-C6' },
      netfilter: { prefix: 'DROP-IT', ttl: 64, length: 60 },
    });
  });
});
