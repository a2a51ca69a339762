const HOSTS = 5;
const USERS = ['operator', 'admin', 'svc_backup', 'engineer', 'historian'];

/** RFC 5424 lines as a plant sends them: SSH sessions and switches; three in a hundred are failed log-ons. */
export function benchLine(n: number, at: Date): string {
  const time = at.toISOString();
  const user = USERS[n % USERS.length];
  const ip = `10.${n % 7}.${n % 31}.${n % 251}`;
  if (n % 10 < 3) return cisco(n, time);
  const ssh = (text: string): string => `<86>1 ${time} ews-0${n % HOSTS} sshd ${2000 + (n % 500)} - - ${text}`;
  if (n % 100 >= 97) return ssh(`Failed password for user${n} from ${ip} port ${1024 + (n % 60_000)} ssh2`);
  switch (n % 4) {
    case 0:
      return ssh(`Accepted publickey for ${user} from ${ip} port ${1024 + (n % 60_000)} ssh2: ED25519 SHA256:${n}`);
    case 1:
      return ssh(`pam_unix(sshd:session): session opened for user ${user}(uid=1000) by (uid=0)`);
    case 2:
      return ssh(`pam_unix(sshd:session): session closed for user ${user}`);
    default:
      return ssh(`Received disconnect from ${ip} port ${1024 + (n % 60_000)}:11: disconnected by user`);
  }
}

function cisco(n: number, time: string): string {
  const state = n % 2 ? 'up' : 'down';
  const head = `<189>1 ${time} plant-sw-0${n % HOSTS} - - - -`;
  if (n % 3) return `${head} %LINK-3-UPDOWN: Interface GigabitEthernet1/0/${n % 48}, changed state to ${state}`;
  return `${head} %LINEPROTO-5-UPDOWN: Line protocol on Interface GigabitEthernet1/0/${n % 48}, changed state to ${state}`;
}
