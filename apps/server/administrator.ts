import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { PeopleService } from '#access/people.service.js';
import { readConfig } from '#platform/config.js';
import { AppModule } from './app.module.js';
import { assertSchema } from './schema.js';

// The first person of a new installation: `node dist/apps/server/administrator.js EMAIL` prints the password once, as JSON.
const [email] = process.argv.slice(2);
if (!email) {
  process.stderr.write('Say whose account it is: administrator.js EMAIL\n');
  process.exit(2);
}
const config = readConfig({ ...process.env, ROLES: 'api' });
await assertSchema(config.values.DATABASE_URL);
const context = await NestFactory.createApplicationContext(AppModule.with(config), { logger: ['error', 'fatal'] });
const password = randomBytes(15).toString('base64url');
const role = 'platform_administrator';
await context
  .get(PeopleService, { strict: false })
  .add({ email, name: email, role, tenantId: null, tenantIds: [], password });
await context.close();
process.stdout.write(`${JSON.stringify({ email, password })}\n`);
