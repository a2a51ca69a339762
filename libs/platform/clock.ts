import { Injectable } from '@nestjs/common';

/** The only wall clock; tests put another in its place. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
