import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import helmet from 'helmet';
import { openApi } from './openapi.js';

const CONTENT_SECURITY = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    fontSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
};

/** Headers, body limits, the OpenAPI document and the console's files. */
export function dressHttp(app: NestExpressApplication, consoleFolder: string): void {
  app.use(helmet({ contentSecurityPolicy: CONTENT_SECURITY, strictTransportSecurity: false }));
  app.useBodyParser('json', { limit: '1mb' });
  app.set('query parser', 'simple');
  app.enableShutdownHooks();
  const document = JSON.stringify(openApi(app));
  app.use('/api/openapi.json', (_request: Request, response: Response) => {
    response.type('application/json').send(document);
  });
  app.useStaticAssets(consoleFolder, { index: 'index.html' });
}
