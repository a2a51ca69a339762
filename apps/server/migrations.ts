import { Access1763900000000 } from './migrations/access.js';
import { Customers1763900001000 } from './migrations/customers.js';
import { Events1763900002000 } from './migrations/events.js';
import { Detection1763900003000 } from './migrations/detection.js';
import { Alerts1763900004000 } from './migrations/alerts.js';
import { Notify1763900005000 } from './migrations/notify.js';
import { Ingest1763900006000 } from './migrations/ingest.js';
import { AssetIdentity1795690000000 } from './migrations/asset-identity.js';
import { EncryptedSyslog1795690001000 } from './migrations/encrypted-syslog.js';
import { ExactLedger1795690002000 } from './migrations/exact-ledger.js';
import { Pools1795690003000 } from './migrations/pools.js';
import { PlantVersions1795690004000 } from './migrations/plant-versions.js';
import { Compliance1763900007000 } from './migrations/compliance.js';

/** In the order they ran for the first time; one that was released is never edited. */
export const migrations = [
  Access1763900000000,
  Customers1763900001000,
  Events1763900002000,
  Detection1763900003000,
  Alerts1763900004000,
  Notify1763900005000,
  Ingest1763900006000,
  Compliance1763900007000,
  AssetIdentity1795690000000,
  EncryptedSyslog1795690001000,
  ExactLedger1795690002000,
  Pools1795690003000,
  PlantVersions1795690004000,
];
