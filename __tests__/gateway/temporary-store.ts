import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "../../gateway/storage/store";

export type TemporaryStore = Store & { remove(): Promise<void> };

/** A store in a folder of its own, for as long as a test needs it. */
export async function temporaryStore(): Promise<TemporaryStore> {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  const store = await openStore(folder);
  return {
    ...store,
    async remove() {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
