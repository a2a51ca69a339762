import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI 3.1 document of the REST interface, made from the routes and their zod schemas. */
export function openApi(app: INestApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Plantwatch')
    .setDescription(
      'Managed detection for industrial sites. Errors are problem details (RFC 9457); lists are pages: pass `next` as `cursor`.',
    )
    .setVersion('1.0.0')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .addCookieAuth('plantwatch_session')
    .build();
  return SwaggerModule.createDocument(app, description, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
}
