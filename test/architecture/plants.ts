/** One file that breaks one rule, or none. */
interface Plant {
  readonly path: string;
  readonly source: string;
}

interface Violation extends Plant {
  readonly title: string;
  readonly rule: string;
}

function violations(rule: string, ...plants: [title: string, path: string, source: string][]): Violation[] {
  return plants.map(([title, path, source]) => ({ rule, title, path, source }));
}

function importing(specifier: string): string {
  return `import { x } from '${specifier}';\nexport const y = x;\n`;
}

const lines = (count: number): string => Array.from({ length: count }, (_, i) => `  void ${i};`).join('\n');

export const PLANTS: readonly Violation[] = [
  ...violations(
    'plantwatch(imports)',
    ['a room imports a later room', 'libs/events/edge.service.ts', importing('#alerts/alert.service.js')],
    ['a pure room imports a room', 'libs/sigma/edge.ts', importing('#ecs/event.js')],
    ['platform imports a room', 'libs/platform/edge.ts', importing('#tenancy/tenant-scope.js')],
    ['a room that does not exist', 'libs/alerts/ghost.service.ts', importing('#reports/report.service.js')],
    ['a room imports an app', 'libs/alerts/app.service.ts', importing('#apps/server/main.js')],
    ['a room imports a test', 'libs/alerts/test.service.ts', importing('#test/factories/alert.js')],
    ['an app imports another app', 'apps/cli/edge.ts', importing('#apps/server/main.js')],
    ['the console imports a room', 'apps/console/edge.tsx', importing('#alerts/triage.js')],
    ['the console imports a server package', 'apps/console/package.tsx', importing('bullmq')],
    ['the console imports a built-in', 'apps/console/builtin.tsx', importing('node:fs')],
    ['a way up', 'libs/alerts/up.service.ts', importing('../events/event.service.js')],
    ['a dynamic import', 'libs/events/later.service.ts', "export const x = () => import('#alerts/triage.js');\n"],
    ['its own room by #', 'libs/alerts/self.service.ts', importing('#alerts/triage.js')],
    ["another room's entity", 'libs/alerts/entity.service.ts', importing('#events/event.entity.js')],
    ["another room's repository", 'libs/alerts/store.service.ts', importing('#events/event.repository.js')],
    ["another room's controller", 'libs/alerts/http.service.ts', importing('#events/event.controller.js')],
    ["another room's processor", 'libs/alerts/job.service.ts', importing('#events/event.processor.js')],
    ["another room's listener", 'libs/compliance/socket.service.ts', importing('#ingest/tcp.listener.js')],
    ["another room's channel", 'libs/alerts/channel.service.ts', importing('#notify/mail.channel.js')],
    ["an app imports a room's repository", 'apps/server/store.ts', importing('#events/event.repository.js')],
    ["a story imports a room's entity", 'test/stories/x.spec.ts', importing('#events/event.entity.js')],
    ['a service imports typeorm', 'libs/alerts/sql.service.ts', importing('typeorm')],
    ['a controller imports typeorm', 'libs/alerts/sql.controller.ts', importing('typeorm')],
    ['a service imports Elasticsearch', 'libs/events/es.service.ts', importing('@elastic/elasticsearch')],
    ['a service imports Redis', 'libs/detection/redis.service.ts', importing('ioredis')],
    ['a service imports BullMQ', 'libs/detection/queue.service.ts', importing('bullmq')],
    ['a service opens a socket', 'libs/ingest/net.service.ts', importing('node:net')],
    ['an entity imports Nest', 'libs/alerts/nest.entity.ts', importing('@nestjs/common')],
    ['a pure file imports Nest', 'libs/alerts/nest.ts', importing('@nestjs/common')],
    ['a pure file imports a service', 'libs/alerts/calls.ts', importing('./alert.service.js')],
    ['a pure file imports an entity', 'libs/alerts/columns.ts', importing('./alert.entity.js')],
    ["a pure file imports platform's clock", 'libs/alerts/ticks.ts', importing('#platform/clock.js')],
    ['a pure file reads files', 'libs/ecs/reads.ts', importing('node:fs')],
    ['a pure file opens a socket', 'libs/ecs/socket.ts', importing('node:dgram')],
    ['a pure file sends HTTP', 'libs/ecs/sends.ts', importing('node:http')],
    ['a controller imports a repository', 'libs/alerts/skip.controller.ts', importing('./alert.repository.js')],
    ['a processor imports a repository', 'libs/alerts/skip.processor.ts', importing('./alert.repository.js')],
  ),
  ...violations(
    'plantwatch(place)',
    ['a room that is not in the table', 'libs/reports/report.ts', 'export const x = 1;\n'],
    ['a folder in a room', 'libs/alerts/deep/triage.ts', 'export const x = 1;\n'],
    ['a file of helpers', 'libs/alerts/helpers.ts', 'export const x = 1;\n'],
    ['an index', 'libs/alerts/index.ts', 'export const x = 1;\n'],
    ['a file name in camel case', 'libs/alerts/alertState.ts', 'export const x = 1;\n'],
    ['an unknown suffix', 'libs/alerts/alert.manager.ts', 'export const x = 1;\n'],
    ['a service in a pure room', 'libs/sigma/rule.service.ts', 'export const x = 1;\n'],
  ),
  ...violations(
    'plantwatch(pure)',
    ['Date.now', 'libs/alerts/now.ts', 'export const x = () => Date.now();\n'],
    ['new Date()', 'libs/ecs/date.ts', 'export const x = () => new Date();\n'],
    ['Math.random', 'libs/sigma/chance.ts', 'export const x = () => Math.random();\n'],
    ['performance', 'libs/sigma/duration.ts', 'export const x = () => performance.now();\n'],
    [
      'a random UUID',
      'libs/alerts/uuid.ts',
      "import { randomUUID } from 'node:crypto';\nexport const x = () => randomUUID();\n",
    ],
    ['a random UUID of the web', 'libs/alerts/web.ts', 'export const x = () => crypto.randomUUID();\n'],
    ['the environment', 'libs/alerts/env.ts', 'export const x = () => process.env.HOME;\n'],
    ['a timer', 'libs/alerts/timer.ts', 'export const x = (f: () => void) => setTimeout(f, 1);\n'],
    ['fetch', 'libs/alerts/fetching.ts', "export const x = () => fetch('/');\n"],
  ),
  ...violations(
    'plantwatch(scope-first)',
    ['no scope', 'libs/alerts/bare.repository.ts', 'export class X { find(id: string) { return id; } }\n'],
    [
      'the scope is second',
      'libs/alerts/late.repository.ts',
      "import type { TenantScope } from '#tenancy/tenant-scope.js';\nexport class X { find(id: string, s: TenantScope) { return [id, s]; } }\n",
    ],
    [
      "all tenants' database",
      'libs/alerts/all.service.ts',
      "import { ProviderDatabase } from '#platform/database.js';\nexport const x = ProviderDatabase;\n",
    ],
  ),
  ...violations('plantwatch(injectable)', [
    'a type is injected',
    'libs/alerts/inject.service.ts',
    "import { Injectable } from '@nestjs/common';\nimport type { Clock } from '#platform/clock.js';\n@Injectable()\nexport class X {\n  constructor(readonly clock: Clock) {}\n}\n",
  ]),
  ...violations(
    'plantwatch(no-reexport)',
    ['all names', 'libs/alerts/all.ts', "export * from './triage.js';\n"],
    ['one name', 'libs/alerts/one.ts', "export { x } from './triage.js';\n"],
  ),
  ...violations(
    'plantwatch(max-params)',
    ['five parameters', 'libs/alerts/five.ts', 'export const x = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];\n'],
    [
      'eight collaborators',
      'libs/alerts/eight.service.ts',
      'export class X { constructor(readonly a: 1, readonly b: 1, readonly c: 1, readonly d: 1, readonly e: 1, readonly f: 1, readonly g: 1, readonly h: 1) {} }\n',
    ],
  ),
  ...violations(
    'plantwatch(no-disable)',
    ['for the file', 'libs/alerts/quiet.ts', '/* oxlint-disable */\nexport const x: any = 1;\n'],
    ['for the line', 'libs/alerts/mute.ts', 'export const x: any = 1; // oxlint-disable-line\n'],
    ['for the next line', 'libs/alerts/next.ts', '// oxlint-disable-next-line\nexport const x: any = 1;\n'],
    [
      'for the rest of the file',
      'libs/alerts/hush.ts',
      'export const x = 1; /* oxlint-disable */\nexport const y: any = 1;\n',
    ],
  ),
  ...violations('plantwatch(no-double-cast)', [
    'as unknown as',
    'libs/alerts/cast.ts',
    'export const x = (y: string) => y as unknown as number;\n',
  ]),
  ...violations(
    'import(no-cycle)',
    ['the one half of a ring', 'libs/alerts/ring.ts', importing('./gnir.js')],
    ['the other half', 'libs/alerts/gnir.ts', importing('./ring.js')],
  ),
  ...violations('import(no-default-export)', ['a default export', 'libs/alerts/default.ts', 'export default 1;\n']),
  ...violations('typescript(no-explicit-any)', [
    'any',
    'libs/alerts/any.ts',
    'export const x = (y: any) => String(y);\n',
  ]),
  ...violations('typescript(ban-ts-comment)', [
    'a silenced type error',
    'libs/alerts/ignore.ts',
    '// @ts-ignore\nexport const x: string = 1;\n',
  ]),
  ...violations('eslint(max-lines)', [
    '401 lines',
    'libs/alerts/long.ts',
    'export const x = 1;\n' + '//\n'.repeat(401),
  ]),
  ...violations('eslint(max-lines-per-function)', [
    '61 lines',
    'libs/alerts/tall.ts',
    `export function x() {\n${lines(60)}\n}\n`,
  ]),
  ...violations('eslint(no-console)', [
    'console in a room',
    'libs/alerts/log.service.ts',
    "console.log('x');\nexport const x = 1;\n",
  ]),
  ...violations('vitest(no-focused-tests)', [
    'only one test runs',
    'libs/alerts/only.spec.ts',
    "import { expect, it } from 'vitest';\nit.only('adds', () => {\n  expect(1 + 1).toBe(2);\n});\n",
  ]),
  ...violations('vitest(valid-title)', [
    'a title with should',
    'libs/alerts/title.spec.ts',
    "import { expect, it } from 'vitest';\nit('should add', () => {\n  expect(1 + 1).toBe(2);\n});\n",
  ]),
  ...violations('react(no-danger)', [
    'markup past React',
    'apps/console/danger.tsx',
    'export const X = () => <p dangerouslySetInnerHTML={{ __html: "" }} />;\n',
  ]),
];

const SCOPE = "import type { TenantScope } from '#tenancy/tenant-scope.js';\n";

export const SOUND: readonly Plant[] = [
  {
    path: 'libs/alerts/sound.ts',
    source: `import { createHash } from 'node:crypto';
import { z } from 'zod';
import { conflict } from '#platform/errors.js';
import type { Rows } from '#platform/database.js';
import type { AlertEntity } from './sound.entity.js';
export const tenantOf = ({ tenantId }: AlertEntity): string => tenantId;
export const schema = z.object({ at: z.date() });
export const id = (x: string): string => createHash('sha256').update(x).digest('hex');
export const day = (at: number): Date => new Date(at);
export const refuse = (rows: Rows): Error => conflict(String(rows));
`,
  },
  {
    path: 'libs/alerts/sound.entity.ts',
    source: `import { Column, Entity } from 'typeorm';
@Entity('alerts')
export class AlertEntity {
  @Column('uuid', { name: 'tenant_id' })
  tenantId!: string;
}
`,
  },
  {
    path: 'libs/alerts/sound.repository.ts',
    source: `import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
${SCOPE}import { AlertEntity } from './sound.entity.js';
@Injectable()
export class AlertRepository {
  find(scope: TenantScope, ids: string[]): Promise<AlertEntity[]> {
    return scope.run((rows) => this.rows(rows.find, ids));
  }
  private rows(find: (entity: unknown, by: object) => Promise<AlertEntity[]>, ids: string[]): Promise<AlertEntity[]> {
    return find(AlertEntity, { where: { id: In(ids) } });
  }
}
`,
  },
  {
    path: 'libs/alerts/sound.service.ts',
    source: `import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { EventService } from '#events/event.service.js';
${SCOPE}import { day } from './sound.js';
import { AlertRepository } from './sound.repository.js';
@Injectable()
export class AlertService {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly events: EventService,
    private readonly clock: Clock,
    private readonly a: Clock,
    private readonly b: Clock,
  ) {}
  async raise(scope: TenantScope): Promise<unknown[]> {
    return [await this.alerts.find(scope, []), this.events, this.clock, this.a, this.b, day(1)];
  }
}
`,
  },
  {
    path: 'libs/alerts/sound.controller.ts',
    source: `import { Controller, Get } from '@nestjs/common';
import type { Request } from 'express';
import { AlertService } from './sound.service.js';
@Controller('alerts')
export class AlertController {
  constructor(private readonly alerts: AlertService) {}
  @Get()
  list(request: Request): unknown {
    return [this.alerts, request.url];
  }
}
`,
  },
  {
    path: 'libs/alerts/sound.jobs.ts',
    source: "import { declareJob } from '#platform/jobs.js';\nexport const x = declareJob;\n",
  },
  {
    path: 'libs/alerts/sound.processor.ts',
    source:
      "import { AlertService } from './sound.service.js';\nimport { x } from './sound.jobs.js';\nexport const y = [x, AlertService];\n",
  },
  { path: 'libs/alerts/alerts.module.ts', source: importing('./sound.controller.js') },
  {
    path: 'libs/alerts/sound.spec.ts',
    source:
      "import { expect, it } from 'vitest';\nimport { id } from './sound.js';\nit('stays the same', () => {\n  expect(id).toBe(id);\n});\n",
  },
  { path: 'libs/notify/sound.channel.ts', source: importing('nodemailer') },
  { path: 'libs/ingest/sound.listener.ts', source: importing('node:dgram') },
  { path: 'apps/server/entities.ts', source: importing('#alerts/alert.entity.js') },
  { path: 'apps/server/sound.ts', source: importing('#alerts/alerts.module.js') },
  { path: 'apps/cli/sound.ts', source: "import { Command } from 'commander';\nconsole.log(Command);\n" },
  {
    path: 'apps/console/sound.tsx',
    source: "import { useState } from 'react';\nexport const X = () => <p>{useState(1)}</p>;\n",
  },
  { path: 'test/factories/sound.ts', source: importing('#alerts/sound.entity.js') },
  { path: 'test/stories/sound.spec.ts', source: importing('#test/support/server.js') },
];
