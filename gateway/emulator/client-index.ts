/** An app client, and the pool that it is of. */
export type ClientOfPool = readonly [clientId: string, poolId: string];

/**
 * Which pool each app client is of. It is read from the emulator once, for what was there before, and then kept by the
 * requests that pass: so an unknown id costs what a known one costs, however many pools there are.
 */
export class ClientIndex {
  private readonly pools = new Map<string, string>();
  private reading: Promise<void> | undefined;

  /** @param list lists all app clients of the emulator */
  constructor(private readonly list: () => AsyncIterable<ClientOfPool>) {}

  async poolOf(clientId: string): Promise<string | undefined> {
    await this.ready();
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

  /** Has it read again before the next look-up: app clients may have been made in another way. */
  outdate(): void {
    this.reading = undefined;
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

  private async read(): Promise<void> {
    for await (const [clientId, poolId] of this.list()) this.add(clientId, poolId);
  }
}
