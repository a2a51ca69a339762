/** `%FACILITY-SEVERITY-MNEMONIC` as Cisco IOS, IOS-XE, IOS-XR, NX-OS, ASA and Arista EOS write it. */
export interface Mnemonic {
  facility: string;
  severity: number;
  mnemonic: string;
  /** Position behind it. */
  end: number;
}

const LONGEST = 100;

export function scanMnemonic(text: string, at: number): Mnemonic | undefined {
  if (text.charCodeAt(at) !== 37) return undefined;
  let severityAt = -1;
  let i = at + 1;
  for (let c = text.charCodeAt(i); isCharOf(c, severityAt) && i - at < LONGEST; c = text.charCodeAt(++i)) {
    if (severityAt < 0 && c >= 48 && c <= 55 && isBetweenDashes(text, i)) severityAt = i;
  }
  if (severityAt < at + 3 || i < severityAt + 3) return undefined;
  return {
    facility: text.slice(at + 1, severityAt - 1),
    severity: text.charCodeAt(severityAt) - 48,
    mnemonic: text.slice(severityAt + 2, i),
    end: i,
  };
}

/** Position of the mnemonic that starts less than `reach` behind `at`, or -1. */
export function findMnemonic(text: string, at: number, reach: number): number {
  const found = text.slice(at, at + reach).indexOf('%');
  return found >= 0 && scanMnemonic(text, at + found) !== undefined ? at + found : -1;
}

/** Behind the severity CUCM writes lower case too: UC_AUDITLOG-5-AdministrativeEvent. */
function isCharOf(c: number, severityAt: number): boolean {
  return isMnemonicChar(c) || (severityAt > 0 && c >= 97 && c <= 122);
}

function isBetweenDashes(text: string, at: number): boolean {
  return text.charCodeAt(at - 1) === 45 && text.charCodeAt(at + 1) === 45;
}

/** Upper case, digits, `_` and `-`. */
function isMnemonicChar(c: number): boolean {
  return (c >= 65 && c <= 90) || (c >= 48 && c <= 57) || c === 95 || c === 45;
}
