import path from 'node:path';
import { Module } from '@nestjs/common';
import { CustomersModule } from '#customers/customers.module.js';
import { DetectionModule } from '#detection/detection.module.js';
import { EventsModule } from '#events/events.module.js';
import { Config } from '#platform/config.js';
import { BodyReader } from './body-reader.service.js';
import { CollectorStatusRepository } from './collector-status.repository.js';
import { DeadLetters } from './dead-letters.service.js';
import { EventBuilder } from './event-builder.service.js';
import { HttpListener } from './http.listener.js';
import { IntakeController } from './intake.controller.js';
import { IntakeReport } from './intake-report.service.js';
import { IntakeStatus } from './intake-status.service.js';
import { Intake } from './intake.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { Ledger } from './ledger.service.js';
import { LetterReplay } from './letter-replay.service.js';
import { LogSamples } from './log-samples.service.js';
import { ParsersController } from './parsers.controller.js';
import { PipelineSinks } from './pipeline-sinks.service.js';
import { Pipeline } from './pipeline.service.js';
import { ProgressRepository } from './progress.repository.js';
import { Quotas } from './quotas.service.js';
import { SourceRegistry } from './source-registry.service.js';
import { SpoolRepository } from './spool.repository.js';
import { SyslogStreamListener } from './syslog-stream.listener.js';
import { SyslogUdpListener } from './syslog-udp.listener.js';

function spoolFolder({ values }: Config): string {
  return path.join(values.PLANTWATCH_STATE, 'spool', values.COLLECTOR_ID);
}

@Module({
  imports: [CustomersModule, EventsModule, DetectionModule],
  controllers: [IntakeController, ParsersController],
  providers: [
    {
      provide: SpoolRepository,
      inject: [Config],
      useFactory: (config: Config) => new SpoolRepository(spoolFolder(config)),
    },
    {
      provide: ProgressRepository,
      inject: [Config],
      useFactory: (config: Config) => new ProgressRepository(spoolFolder(config)),
    },
    CollectorStatusRepository,
    IntakeStatus,
    LedgerRepository,
    Ledger,
    SourceRegistry,
    Quotas,
    Intake,
    IntakeReport,
    LogSamples,
    BodyReader,
    DeadLetters,
    EventBuilder,
    PipelineSinks,
    LetterReplay,
    Pipeline,
    SyslogStreamListener,
    SyslogUdpListener,
    HttpListener,
  ],
})
export class IngestModule {}
