import { Module } from '@nestjs/common';
import { CustomersModule } from '#customers/customers.module.js';
import { EventsModule } from '#events/events.module.js';
import { NotifyModule } from '#notify/notify.module.js';
import { AlertController } from './alert.controller.js';
import { AlertHistoryRepository } from './alert-history.repository.js';
import { AlertQueueRepository } from './alert-queue.repository.js';
import { AlertQueue } from './alert-queue.service.js';
import { AlertRepository } from './alert.repository.js';
import { AlertStream } from './alert-stream.service.js';
import { AlertViews } from './alert-views.service.js';
import { Alerts } from './alerts.service.js';
import { Assignees } from './assignees.service.js';
import { EscalateProcessor } from './escalate.processor.js';
import { EscalationPolicies } from './escalation-policies.service.js';
import { EscalationPolicyController } from './escalation-policy.controller.js';
import { EscalationPolicyRepository } from './escalation-policy.repository.js';
import { EscalationRepository } from './escalation.repository.js';
import { EscalationRunner } from './escalation-runner.service.js';
import { EscalationSweepProcessor } from './escalation-sweep.processor.js';
import { Escalation } from './escalation.service.js';
import { Settlement } from './settlement.service.js';
import { TriageController } from './triage.controller.js';
import { Triage } from './triage.service.js';

const repositories = [
  AlertRepository,
  AlertQueueRepository,
  AlertHistoryRepository,
  EscalationRepository,
  EscalationPolicyRepository,
];
const services = [Alerts, Settlement, AlertViews, AlertQueue, AlertStream, Assignees, Triage];
const escalation = [Escalation, EscalationRunner, EscalationPolicies, EscalateProcessor, EscalationSweepProcessor];

@Module({
  imports: [CustomersModule, EventsModule, NotifyModule],
  controllers: [AlertController, TriageController, EscalationPolicyController],
  providers: [...repositories, ...services, ...escalation],
  exports: [Alerts, EscalationPolicies, EscalationRunner],
})
export class AlertsModule {}
