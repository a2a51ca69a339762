import { Injectable } from '@nestjs/common';
import { invalid } from '#platform/errors.js';

/** The parsers that a log source can be pinned to; whoever parses says which there are. */
@Injectable()
export class KnownParsers {
  private names: readonly string[] = [];

  declare(names: readonly string[]): void {
    this.names = names;
  }

  /** @throws UserError 400 */
  insistOn(name: string | null | undefined): void {
    if (name == null || this.names.includes(name)) return;
    throw invalid('parser', `there is no ${name}; known are ${this.names.join(', ')}`);
  }
}
