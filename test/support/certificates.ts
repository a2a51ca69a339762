import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { required } from './environment.js';

const run = promisify(execFile);

export interface TestCertificate {
  /** PEM files. */
  cert: string;
  key: string;
  /** SHA-256, as Node writes it. */
  fingerprint: string;
}

/** A certificate for a DNS name, signed by the authority, or by itself. */
export async function aCertificate(
  folder: string,
  name: string,
  authority?: TestCertificate,
): Promise<TestCertificate> {
  const [cert, key, request, extensions] = ['crt', 'key', 'csr', 'ext'].map((end) =>
    path.join(folder, `${name}.${end}`),
  );
  const files = { cert: cert ?? '', key: key ?? '' };
  const openssl = (...args: string[]): Promise<unknown> => run(required('OPENSSL_PATH'), args);
  const made = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    files.key,
    '-subj',
    `/CN=${name}`,
  ];
  if (!authority) {
    await openssl('req', '-x509', ...made, '-out', files.cert, '-days', '2', '-addext', `subjectAltName=DNS:${name}`);
  } else {
    await writeFile(extensions ?? '', `subjectAltName=DNS:${name}\n`);
    await openssl('req', ...made, '-out', request ?? '');
    const by = ['-CA', authority.cert, '-CAkey', authority.key, '-CAcreateserial', '-days', '2'];
    await openssl('x509', '-req', '-in', request ?? '', '-out', files.cert, ...by, '-extfile', extensions ?? '');
  }
  const { fingerprint256 } = new X509Certificate(await readFile(files.cert));
  return { ...files, fingerprint: fingerprint256 };
}
