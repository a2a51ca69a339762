import type { EcsEvent, JsonObject } from '#ecs/event.js';
import type { BodyParser } from '#ecs/parser.js';
import { dictionary, setField } from './ecs-setters.js';
import { setConnection } from './firewall-verdict.js';
import { verdictOf } from './device-values.js';

/**
 * Connection, intrusion and file events of Cisco Firepower: `Name: value, Name: value`, behind `%FTD-6-430003:` or
 * the tag `SFIMS` of a management centre. A value may hold commas, so a pair ends where the next name begins.
 */
export const ciscoFirepower = {
  name: 'cisco-firepower',
  matches: ({ process, message }) =>
    (process?.name === 'SFIMS' || process?.name === 'SFAppliance') && PAIR_START.test(message),
  parse,
} satisfies BodyParser<'cisco-firepower'>;

const PAIR_START = /^(?:\[[^\]]{1,64}\] ?)?[A-Z][\w ]{1,40}: /;
const PAIR = /(?:^|, )([A-Z][A-Za-z0-9_ ]{1,40}): /g;
const LONGEST = 16_384;

const KEYS = dictionary({
  SrcIP: 'source.ip',
  SrcPort: 'source.port',
  DstIP: 'destination.ip',
  DstPort: 'destination.port',
  Protocol: 'network.transport',
  IngressInterface: 'observer.ingress.interface.name',
  EgressInterface: 'observer.egress.interface.name',
  IngressZone: 'observer.ingress.zone',
  EgressZone: 'observer.egress.zone',
  AccessControlRuleName: 'rule.name',
  ACPolicy: 'rule.ruleset',
  Policy: 'rule.ruleset',
  AccessControlRuleReason: 'event.reason',
  User: 'user.name',
  UserName: 'user.name',
  ApplicationProtocol: 'network.protocol',
  Client: 'network.application',
  InitiatorBytes: 'source.bytes',
  ResponderBytes: 'destination.bytes',
  InitiatorPackets: 'source.packets',
  ResponderPackets: 'destination.packets',
  ConnectionDuration: 'event.duration(s)',
  URL: 'url.original',
  HTTPResponse: 'http.response.status_code',
  UserAgent: 'user_agent.original',
  FileName: 'file.name',
  FileSize: 'file.size',
  FileSHA256: 'file.hash',
  NAT_InitiatorIP: 'source.nat.ip',
  NAT_InitiatorPort: 'source.nat.port',
  NAT_ResponderIP: 'destination.nat.ip',
  NAT_ResponderPort: 'destination.nat.port',
  Message: 'rule.name',
  SID: 'rule.id',
  Classification: 'rule.category',
  InlineResult: 'event.action',
});
/** What Firepower writes where nobody is known. */
const NOBODY = new Set(['No Authentication Required', 'Unknown', 'Not Found']);

function parse(event: EcsEvent): 'done' {
  event.event.dataset = 'cisco.ftd';
  event.event.module = 'cisco';
  event.event.provider = 'cisco';
  event.event.action = 'connection';
  event.event.category = ['network'];
  event.event.type = ['connection'];
  event.observer = { vendor: 'Cisco', product: 'ftd', type: 'firewall' };
  readFirepower(event, event.message);
  return 'done';
}

/** Reads the pairs, and by `AccessControlRuleAction` what became of the connection. */
export function readFirepower(event: EcsEvent, written: string): void {
  const text = written.length > LONGEST ? written.slice(0, LONGEST) : written;
  const own: JsonObject = {};
  const marks = [...text.matchAll(PAIR)];
  for (const [index, mark] of marks.entries()) {
    const name = mark[1] ?? '';
    const value = text.slice(mark.index + mark[0].length, marks[index + 1]?.index ?? text.length).trim();
    if (!Object.hasOwn(own, name) && name !== '__proto__') own[name] = value;
    const field = KEYS.get(name);
    if (field !== undefined && !NOBODY.has(value)) setField(event, field, value);
  }
  event.cisco = { ftd: own };
  const action = own.AccessControlRuleAction;
  const verdict = typeof action === 'string' ? verdictOf(action) : undefined;
  if (verdict !== undefined && event.event.category?.includes('intrusion_detection') !== true)
    setConnection(event, verdict, own.ConnectType === 'Start' ? 'start' : own.ConnectType === 'End' ? 'end' : '');
  if (event.event.category?.includes('intrusion_detection') === true) event.event.kind = 'alert';
}
