import { Logger } from '@nestjs/common';
import { Client, type ClientConfig } from 'pg';
import { DataSource, type EntityManager, type EntitySchema, type MixedList } from 'typeorm';

export type Rows = EntityManager;
export type Entities = MixedList<Function | string | EntitySchema>;

export interface DatabaseOptions {
  url: string;
  user: string;
  password: string;
  entities: Entities;
  poolSize: number;
}

const log = new Logger('database');

/** A connection that ends while nobody listens to it, as when TypeORM has just given it back, must not end the process. */
class SteadyClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', (error) => log.warn({ error: error.message }));
  }
}

/** One login to PostgreSQL. Work runs in transactions, settings are local to them. */
export class Database {
  private constructor(readonly source: DataSource) {}

  static async connect(options: DatabaseOptions): Promise<Database> {
    const url = new URL(options.url);
    url.username = options.user;
    url.password = options.password;
    const source = new DataSource({
      type: 'postgres',
      url: url.href,
      entities: options.entities,
      synchronize: false,
      poolSize: options.poolSize,
      extra: { statement_timeout: 30_000, Client: SteadyClient },
    });
    await source.initialize();
    return new Database(source);
  }

  async transaction<T>(settings: Record<string, string>, work: (rows: Rows) => Promise<T>): Promise<T> {
    return this.source.transaction(async (rows) => {
      for (const [name, value] of Object.entries(settings)) {
        await rows.query('SELECT set_config($1, $2, true)', [name, value]);
      }
      return work(rows);
    });
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }
}

/** The tenant-scoped login: sees rows only inside a transaction that names a tenant. */
export class ScopedDatabase {
  constructor(readonly login: Database) {}
}

/** The provider's login: reads over all tenants, writes what belongs to no tenant. */
export class ProviderDatabase {
  constructor(readonly login: Database) {}
}
