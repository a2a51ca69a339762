import { Controller, Get } from '@nestjs/common';
import { Public } from './needs.js';
import { HealthService, type Health } from './health.service.js';

@Controller('health')
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Get('live')
  @Public('probes carry no identity')
  live(): Health {
    return { status: 'ok', checks: {} };
  }

  @Get('ready')
  @Public('probes carry no identity')
  ready(): Promise<Health> {
    return this.health.ready();
  }
}
