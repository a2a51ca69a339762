/** Counts over sorted places, with the place of the k-th counted found in logarithmic time (a Fenwick tree). */
export class Ranking {
  private readonly tree: number[];
  private readonly top: number;

  constructor(places: number) {
    this.tree = Array.from({ length: places + 1 }, () => 0);
    this.top = places === 0 ? 0 : 2 ** Math.floor(Math.log2(places));
  }

  /** @param place from 0 */
  change(place: number, by: number): void {
    for (let at = place + 1; at < this.tree.length; at += at & -at) this.tree[at]! += by;
  }

  /** @param k from 0, below the number counted */
  placeOf(k: number): number {
    let at = 0;
    let left = k;
    for (let step = this.top; step > 0; step >>= 1) {
      const count = this.tree[at + step];
      if (count === undefined || count > left) continue;
      at += step;
      left -= count;
    }
    return at;
  }
}
