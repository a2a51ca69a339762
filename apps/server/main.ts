import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { ConsoleLogger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { readConfig } from '#platform/config.js';
import { AppModule } from './app.module.js';
import { demoSignIns, openDemo, playDemo } from './demo/demo.js';
import { dressHttp } from './http.js';
import { assertSchema } from './schema.js';

const config = readConfig(process.env);
await assertSchema(config.values.DATABASE_URL);
const logger = new ConsoleLogger({ json: true, logLevels: ['warn', 'error', 'fatal'] });
const app = await NestFactory.create<NestExpressApplication>(AppModule.with(config), { logger, bodyParser: false });
if (config.has('api')) {
  dressHttp(app, fileURLToPath(new URL('../../console', import.meta.url)));
  await app.listen(config.values.PORT, config.values.HOST);
} else {
  app.enableShutdownHooks();
  await app.init();
}
const demo = config.values.PLANTWATCH_DEMO ? await openDemo(app, config) : undefined;
if (demo) process.stdout.write(`Demonstration sign-ins:\n${demoSignIns(demo)}`);
process.stdout.write(`Plantwatch is ready at ${config.publicUrl}\n`);
if (demo) await playDemo(demo);
