/** Lines of one source, and their bytes. */
export interface Share {
  tenantId: string;
  sourceId: string;
  lines: number;
  bytes: number;
}

interface Entry {
  tenantId: string;
  sourceId: string;
  lines: readonly { raw: { length: number } }[];
}

/** What of the spool is whose. */
export class SpoolShares {
  private readonly bySource = new Map<string, Share>();
  private readonly bytes = new Map<string, number>();

  linesOf(sourceId: string): number {
    return this.bySource.get(sourceId)?.lines ?? 0;
  }

  bytesOf(tenantId: string): number {
    return this.bytes.get(tenantId) ?? 0;
  }

  add(share: Share): void {
    this.change(share, 1);
  }

  remove(share: Share): void {
    this.change(share, -1);
  }

  private change({ tenantId, sourceId, lines, bytes }: Share, sign: 1 | -1): void {
    const share = this.bySource.get(sourceId) ?? { tenantId, sourceId, lines: 0, bytes: 0 };
    share.lines += sign * lines;
    share.bytes += sign * bytes;
    if (share.lines === 0) this.bySource.delete(sourceId);
    else this.bySource.set(sourceId, share);
    const total = this.bytesOf(tenantId) + sign * bytes;
    if (total === 0) this.bytes.delete(tenantId);
    else this.bytes.set(tenantId, total);
  }
}

/** The shares of some entries, one a source. */
export function sharesOf(entries: readonly Entry[]): Share[] {
  const shares = new Map<string, Share>();
  for (const { tenantId, sourceId, lines } of entries) {
    const share = shares.get(sourceId) ?? { tenantId, sourceId, lines: 0, bytes: 0 };
    share.lines += lines.length;
    for (const { raw } of lines) share.bytes += raw.length;
    shares.set(sourceId, share);
  }
  return [...shares.values()];
}
