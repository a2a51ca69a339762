import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '#platform/config.js';
import { AppModule } from './app.module.js';
import { openApi } from './openapi.js';

/** Nothing is connected to in preview mode: the routes alone are read. */
const nowhere = {
  DATABASE_URL: 'postgres://localhost/nowhere',
  DATABASE_APP_PASSWORD: 'x'.repeat(16),
  DATABASE_PROVIDER_PASSWORD: 'x'.repeat(16),
  REDIS_URL: 'redis://localhost',
  ELASTICSEARCH_URL: 'http://localhost',
  PLANTWATCH_SECRET: 'x'.repeat(32),
  PLANTWATCH_STATE: '/nowhere',
};

const app = await NestFactory.create(AppModule.with(readConfig(nowhere)), { preview: true, logger: ['error'] });
process.stdout.write(`${JSON.stringify(openApi(app), null, 2)}\n`);
