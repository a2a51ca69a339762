/**
 * The data of a Windows event out of its message, for shippers that send nothing else: `Subject: Security ID: S-1-5-18
 * Account Name: op …`. English messages only; other languages keep theirs in the message.
 */

/** Headings, with what the account under them is called in the event's own data. */
const SECTIONS: ReadonlyMap<string, string> = new Map([
  ['Subject', 'Subject'],
  ['Creator Subject', 'Subject'],
  ['Target Subject', 'Target'],
  ['New Logon', 'Target'],
  ['Account For Which Logon Failed', 'Target'],
  ['Account Whose Credentials Were Used', 'Target'],
  ['Target Account', 'Target'],
  ['New Account', 'Target'],
  ['Account That Was Locked Out', 'Target'],
  ['Account Information', 'Target'],
  ['Group', 'Target'],
  ['New Group', 'Target'],
  ['Deleted Group', 'Target'],
  ['Member', 'Member'],
]);
const OTHER_SECTIONS = [
  'Logon Information',
  'Process Information',
  'Network Information',
  'Detailed Authentication Information',
  'Failure Information',
  'Service Information',
  'Task Information',
  'Share Information',
  'Access Request Information',
  'Attributes',
  'Additional Information',
  'Object',
  'Application Information',
  'Filter Information',
];
/** Labels of accounts, with what follows the section's name. */
const ACCOUNT: ReadonlyMap<string, string> = new Map([
  ['Security ID', 'UserSid'],
  ['Account Name', 'UserName'],
  ['Account Domain', 'DomainName'],
  ['Group Name', 'UserName'],
  ['Group Domain', 'DomainName'],
  ['Logon ID', 'LogonId'],
]);
const LABELS: ReadonlyMap<string, string> = new Map([
  ['Logon Type', 'LogonType'],
  ['Workstation Name', 'WorkstationName'],
  ['Source Network Address', 'IpAddress'],
  ['Source Address', 'IpAddress'],
  ['Client Address', 'IpAddress'],
  ['Source Port', 'IpPort'],
  ['Client Port', 'IpPort'],
  ['Logon Process', 'LogonProcessName'],
  ['Authentication Package', 'AuthenticationPackageName'],
  ['Failure Reason', 'FailureReason'],
  ['Status', 'Status'],
  ['Sub Status', 'SubStatus'],
  ['Result Code', 'Status'],
  ['New Process ID', 'NewProcessId'],
  ['New Process Name', 'NewProcessName'],
  ['Creator Process ID', 'ProcessId'],
  ['Creator Process Name', 'ParentProcessName'],
  ['Process Command Line', 'CommandLine'],
  ['Process ID', 'ProcessId'],
  ['Process Name', 'ProcessName'],
  ['Service Name', 'ServiceName'],
  ['Service File Name', 'ServiceFileName'],
  ['Task Name', 'TaskName'],
  ['Share Name', 'ShareName'],
  ['Object Name', 'ObjectName'],
  ['Object Type', 'ObjectType'],
]);
const WORDS = [...SECTIONS.keys(), ...OTHER_SECTIONS, ...ACCOUNT.keys(), ...LABELS.keys()].toSorted(
  (a, b) => b.length - a.length,
);
const MARKS = new RegExp(`(?<=^|\\s)(${WORDS.join('|')}):`, 'g');
const LONGEST = 8192;
/** The lecture behind the fields speaks of them again. */
const LECTURE = /\s(?:This event is generated|Token Elevation Type indicates)/;
/** Kerberos names its account once, without a heading. */
const TARGETS = new Set([4768, 4769, 4771, 4772]);

export function readMessage(id: number, message: string): Record<string, string> {
  const lecture = message.search(LECTURE);
  const text = message.slice(0, Math.min(lecture < 0 ? LONGEST : lecture, LONGEST));
  const data = new Map<string, string>();
  const marks = [...text.matchAll(MARKS)];
  let section = TARGETS.has(id) ? 'Target' : 'Subject';
  for (const [at, mark] of marks.entries()) {
    const word = mark[1] ?? '';
    const end = marks[at + 1]?.index ?? text.length;
    const value = text.slice(mark.index + word.length + 1, end).trim();
    section = SECTIONS.get(word) ?? section;
    const key = keyOf(word, section);
    if (key !== undefined && value !== '' && !data.has(key)) data.set(key, value);
  }
  return Object.fromEntries(data);
}

function keyOf(word: string, section: string): string | undefined {
  const part = ACCOUNT.get(word);
  if (part === undefined) return LABELS.get(word);
  if (section === 'Member') return part === 'UserSid' ? 'MemberSid' : part === 'UserName' ? 'MemberName' : undefined;
  return `${section}${part}`;
}
