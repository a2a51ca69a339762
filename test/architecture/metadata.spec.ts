import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { expect, it } from 'vitest';
import { Clock } from '#platform/clock.js';

@Injectable()
class Greeting {
  constructor(readonly clock: Clock) {}
}

it('constructor types survive the test transformer, so Nest injects by type', async () => {
  const module = await Test.createTestingModule({ providers: [Clock, Greeting] }).compile();
  expect(module.get(Greeting).clock).toBeInstanceOf(Clock);
});
