const MIB = 2 ** 20;

/** Bounds of the intake, in bytes unless the name says otherwise. */
export const LIMITS = {
  /** One line or document; what is longer is cut, tagged and counted. */
  line: MIB,
  /** An HTTP body after decompression. */
  body: 64 * MIB,
  /** All HTTP bodies that are being read. */
  bodies: 256 * MIB,
  /** Datagrams that wait for the disk. */
  datagrams: 32 * MIB,
  /** One entry of the spool. */
  entry: MIB,
  /** Lines of one entry. */
  entryLines: 1000,
  /** What waits in memory for the disk. */
  queue: 128 * MIB,
  /** Connections of one source, and all of them. */
  sourceConnections: 1000,
  connections: 10_000,
  /** How long a sender may say nothing. */
  idleMs: 30 * 60_000,
  /** What all connections hold of lines that have not ended. */
  partial: 256 * MIB,
  segment: 64 * MIB,
  /** Of the disk, left free by the spool; a twentieth of a small one. */
  reserve: 64 * MIB,
  spool: 4096 * MIB,
  /** One customer's lines in it: while Elasticsearch is away, one that floods leaves room for the others. */
  tenantSpool: 2048 * MIB,
  /** Raw bytes and lines of one pipeline batch: small ones are quick. */
  batch: { bytes: 2 * MIB, lines: 10_000 },
  /** When more than this waits, batches are large: each customer's part of one fills a request of its own. */
  backlog: 8 * MIB,
  largeBatch: { bytes: 4 * MIB, lines: 20_000 },
  /** A batch counts as so many bytes at least, when it is on its way. */
  batchCost: MIB / 4,
  /** Raw bytes of batches on their way to Elasticsearch: of large ones one waits for its turn while the next is built. */
  sending: 10 * MIB,
  /** With those that Elasticsearch has and that wait for detection. */
  unfinished: 16 * MIB,
};
