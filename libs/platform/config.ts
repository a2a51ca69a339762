import { z } from 'zod';

export const ROLES = ['api', 'collector', 'worker', 'scheduler'] as const;
export type ServerRole = (typeof ROLES)[number];

const port = z.coerce.number().int().min(0).max(65535);
const flag = z
  .enum(['0', '1', 'true', 'false'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

const environment = z.object({
  DATABASE_URL: z.url(),
  DATABASE_APP_PASSWORD: z.string().min(16),
  DATABASE_PROVIDER_PASSWORD: z.string().min(16),
  REDIS_URL: z.url(),
  ELASTICSEARCH_URL: z.url(),
  QUEUE_PREFIX: z
    .string()
    .regex(/^[a-z0-9]+$/)
    .default('plantwatch'),
  PLANTWATCH_SECRET: z.string().min(32),
  PLANTWATCH_STATE: z.string().min(1),
  PLANTWATCH_DEMO: flag,
  COLLECTOR_ID: z
    .string()
    .regex(/^[a-z0-9]{1,12}$/)
    .default('c1'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  COLLECTOR_HTTP_PORT: port.default(9200),
  /** Several collectors on one machine open the same ports, and the kernel deals connections and datagrams out to them. */
  COLLECTORS_SHARE_PORTS: flag,
  PUBLIC_URL: z.url().optional(),
  ROLES: z
    .string()
    .default(ROLES.join(','))
    .transform((value) => value.split(','))
    .pipe(z.array(z.enum(ROLES)).min(1)),
  /** The provider's own Sigma rules, beside those that are shipped. */
  RULES_FOLDER: z.string().optional(),
  /** Of each customer that has no quota of its own, at one collector. */
  QUOTA_EVENTS_PER_SECOND: z.coerce.number().positive().default(20_000),
  QUOTA_BYTES_PER_SECOND: z.coerce
    .number()
    .positive()
    .default(32 * 2 ** 20),
  SYSLOG_TLS_CERT: z.string().optional(),
  SYSLOG_TLS_KEY: z.string().optional(),
  SYSLOG_TLS_CLIENT_CA: z.string().optional(),
  SMTP_URL: z.url().optional(),
  SMTP_FROM: z.email().default('plantwatch@localhost.localdomain'),
  WEBHOOK_ALLOW_LOOPBACK: flag,
});

/** What the process was told by its environment; one field a variable. */
export class Config {
  constructor(readonly values: z.output<typeof environment>) {}

  has(role: ServerRole): boolean {
    return this.values.ROLES.includes(role);
  }

  get publicUrl(): string {
    return this.values.PUBLIC_URL ?? `http://${this.values.HOST}:${this.values.PORT}`;
  }
}

/** @throws Error with one line per wrong variable, naming it and the reason. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const result = environment.safeParse(env);
  if (result.success) return new Config(result.data);
  const reasons = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The environment is not usable.\n${reasons.join('\n')}`);
}
