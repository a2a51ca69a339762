import 'reflect-metadata';
import { readConfig } from '#platform/config.js';
import { migrate } from './schema.js';

const { values } = readConfig(process.env);
const ran = await migrate({
  url: values.DATABASE_URL,
  appPassword: values.DATABASE_APP_PASSWORD,
  providerPassword: values.DATABASE_PROVIDER_PASSWORD,
});
process.stdout.write(ran.length > 0 ? `Migrated: ${ran.join(', ')}\n` : 'The schema is up to date.\n');
