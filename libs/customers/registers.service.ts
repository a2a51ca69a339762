import { Injectable } from '@nestjs/common';
import { Clock } from '#platform/clock.js';
import { Config } from '#platform/config.js';
import { Register, type Registered, type RegisterOptions } from './register.repository.js';

@Injectable()
export class Registers {
  constructor(
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  of<E extends Registered>(
    entity: RegisterOptions<E>['entity'],
    name: string,
    order: RegisterOptions<E>['order'] = 'ASC',
  ): Register<E> {
    return new Register({ entity, name, order, secret: this.config.values.PLANTWATCH_SECRET, clock: this.clock });
  }
}
