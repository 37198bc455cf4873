import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key, openStore, type Store } from "../../../gateway/storage/store";

let folder: string;
let store: Store;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  store = await openStore(folder);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const listed = async (prefix: string, after?: string) => {
  const names: string[] = [];
  for await (const [name] of store.range(prefix, after)) names.push(name);
  return names;
};

describe("the store", () => {
  it("has everything again after it was opened anew", async () => {
    await store.commit([[key("user", "p", "jo"), { sub: "1" }]]);
    await store.close();
    store = await openStore(folder);
    expect(store.get(key("user", "p", "jo"))).toEqual({ sub: "1" });
  });

  it("cannot be held twice", async () => {
    await expect(openStore(folder)).rejects.toThrow("are open in another gateway");
  });

  it("keeps names of any characters apart", async () => {
    await store.commit(["a", "a/b", "a%2Fb", "ä", "🙂"].map((name) => [key("user", "p", name), name]));
    await store.commit([[key("user", "p2", "x"), 1]]);
    expect(await listed(key("user", "p"))).toHaveLength(5);
    expect(store.get(key("user", "p", "a/b"))).toBe("a/b");
  });

  it("lists from where it left off, and forgets what a batch removes", async () => {
    await store.commit(["a", "b", "c"].map((name) => [key("user", "p", name), 1]));
    expect(await listed("user/p", "user/p/a")).toEqual(["user/p/b", "user/p/c"]);
    await store.commit([["user/p/b", undefined]]);
    expect(await listed("user/p")).toEqual(["user/p/a", "user/p/c"]);
  });

  it("lets one at a time into a lock, also after one failed, whatever the order of names", async () => {
    let inside = 0;
    let most = 0;
    const visit = (names: string[], fail = false) =>
      store.locked(names, async () => {
        most = Math.max(most, ++inside);
        await new Promise((resolve) => setTimeout(resolve, 1));
        inside--;
        if (fail) throw new Error("failed");
      });
    const visits = [visit(["a", "b"]), visit(["b", "a"], true), visit(["a", "a"]), visit(["b"])];
    const results = await Promise.allSettled(visits);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
    expect(most).toBeLessThanOrEqual(2);
  });

  it("lets different names go on side by side", async () => {
    const order: string[] = [];
    await Promise.all([
      store.locked(["slow"], async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push("slow");
      }),
      store.locked(["quick"], async () => void order.push("quick")),
    ]);
    expect(order).toEqual(["quick", "slow"]);
  });
});
