import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ProviderDatabase, ScopedDatabase } from './database.js';

@Injectable()
export class DatabaseCloser implements OnApplicationShutdown {
  constructor(
    private readonly scoped: ScopedDatabase,
    private readonly provider: ProviderDatabase,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.scoped.login.close(), this.provider.login.close()]);
  }
}
