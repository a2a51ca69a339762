/** `%FACILITY-SEVERITY-MNEMONIC` as Cisco IOS, IOS-XE, IOS-XR, NX-OS, ASA and Arista EOS write it. */
export interface Mnemonic {
  facility: string;
  severity: number;
  mnemonic: string;
}

const LONGEST = 100;

/** Position behind the mnemonic that begins at `at`, or -1. */
export function endOfMnemonic(text: string, at: number): number {
  if (text.charCodeAt(at) !== 37) return -1;
  let severityAt = -1;
  let i = at + 1;
  for (let c = text.charCodeAt(i); isCharOf(c, severityAt) && i - at < LONGEST; c = text.charCodeAt(++i)) {
    if (severityAt < 0 && c >= 48 && c <= 55 && isBetweenDashes(text, i)) severityAt = i;
  }
  return severityAt < at + 3 || i < severityAt + 3 ? -1 : i;
}

/** @param written a whole mnemonic with its `%` */
export function readMnemonic(written: string): Mnemonic {
  let severityAt = 2;
  while (!/[0-7]/.test(written.charAt(severityAt)) || !isBetweenDashes(written, severityAt)) severityAt++;
  return {
    facility: written.slice(1, severityAt - 1),
    severity: written.charCodeAt(severityAt) - 48,
    mnemonic: written.slice(severityAt + 2),
  };
}

/** Position of the mnemonic that starts less than `reach` behind `at`, or -1. */
export function findMnemonic(text: string, at: number, reach: number): number {
  const found = text.slice(at, at + reach).indexOf('%');
  return found >= 0 && endOfMnemonic(text, at + found) > 0 ? at + found : -1;
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
