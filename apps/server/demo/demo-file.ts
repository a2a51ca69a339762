import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

/** What scripts outside rely on: who can sign in and where logs can be sent. */
const demoFile = z.object({
  url: z.string(),
  tenants: z.array(z.object({ id: z.string(), name: z.string() })),
  users: z.array(
    z.object({
      email: z.string(),
      password: z.string(),
      role: z.string(),
      /** The customer that the person belongs to; null for the provider's staff. */
      tenant: z.string().nullable(),
      token: z.string(),
    }),
  ),
  sources: z.array(
    z.object({
      id: z.string(),
      tenant: z.string(),
      kind: z.enum(['syslog-udp', 'syslog-tcp', 'ndjson', 'bulk']),
      host: z.string(),
      port: z.number(),
      token: z.string().nullable(),
    }),
  ),
});
export type DemoFile = z.output<typeof demoFile>;

function place(state: string): string {
  return path.join(path.dirname(state), 'demo.json');
}

export async function readDemoFile(state: string): Promise<DemoFile | undefined> {
  const text = await readFile(place(state), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : demoFile.parse(JSON.parse(text));
}

export async function writeDemoFile(state: string, demo: DemoFile): Promise<void> {
  await writeFile(place(state), `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
}
