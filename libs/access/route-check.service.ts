import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { NEED, PUBLIC, type Need } from '#platform/needs.js';
import { unmarkedRoutes, type RouteMarks } from './route-check.js';

export interface Route extends RouteMarks {
  method: string;
  path: string;
}

/** The route table; the server refuses to start while one route in it is unmarked. */
@Injectable()
export class RouteCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const wrong = unmarkedRoutes(this.routes());
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  }

  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype = metatype.prototype as Record<string, object>;
      const base = String(Reflect.getMetadata(PATH_METADATA, metatype));
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name];
        const path: unknown = handler && Reflect.getMetadata(PATH_METADATA, handler);
        if (!handler || typeof path !== 'string') return [];
        return [
          {
            name: `${metatype.name}.${name}`,
            method: RequestMethod[Number(Reflect.getMetadata(METHOD_METADATA, handler) ?? 0)] ?? 'GET',
            path: `/${base}/${path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1'),
            need: Reflect.getMetadata(NEED, handler) as Need | undefined,
            publicReason: Reflect.getMetadata(PUBLIC, handler) as string | undefined,
          },
        ];
      });
    });
  }
}
