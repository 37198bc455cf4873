/** An app client, and the pool that it is of. */
export type ClientOfPool = readonly [clientId: string, poolId: string];

/** How long a stack may take that a request has asked for, in milliseconds. */
export const settlingTime = 60_000;

/**
 * Which pool each app client is of. It is read from the emulator once, for what was there before, and then kept by the
 * requests that pass: so an unknown id costs what a known one costs, however many pools there are.
 */
export class ClientIndex {
  private readonly pools = new Map<string, string>();
  private reading: Promise<void> | undefined;
  /** A reading that has not begun, so that it finds all that is there now. */
  private next: Promise<void> | undefined;
  private unsettledUntil = 0;

  /** @param list lists all app clients of the emulator */
  constructor(private readonly list: () => AsyncIterable<ClientOfPool>) {}

  async poolOf(clientId: string): Promise<string | undefined> {
    await this.ready();
    if (!this.pools.has(clientId) && Date.now() < this.unsettledUntil) await this.readNext();
    return this.pools.get(clientId);
  }

  /** Reads what the emulator has, unless that was done. */
  ready(): Promise<void> {
    this.reading ??= this.read().catch((error) => {
      this.reading = undefined;
      throw error;
    });
    return this.reading;
  }

  /**
   * App clients may come in another way than by the requests that pass, and later than the answer: so for a while an id
   * that is unknown has it read again.
   */
  outdate(): void {
    this.unsettledUntil = Date.now() + settlingTime;
  }

  add(clientId: string, poolId: string): void {
    this.pools.set(clientId, poolId);
  }

  remove(clientId: string): void {
    this.pools.delete(clientId);
  }

  removePool(poolId: string): void {
    for (const [clientId, pool] of this.pools) if (pool === poolId) this.pools.delete(clientId);
  }

  /** Reads again, after the reading that may be going on. All who wait for it share one. */
  private readNext(): Promise<void> {
    const begin = () => {
      this.next = undefined;
      this.reading = undefined;
      return this.ready();
    };
    this.next ??= this.ready().then(begin, begin);
    return this.next;
  }

  private async read(): Promise<void> {
    for await (const [clientId, poolId] of this.list()) this.add(clientId, poolId);
  }
}
