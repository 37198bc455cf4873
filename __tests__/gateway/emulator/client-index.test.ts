import { ClientIndex, type ClientOfPool } from "../../../gateway/emulator/client-index";

/** An index of these app clients, and how often they were listed. */
function indexOf(clients: ClientOfPool[]) {
  const counts = { lists: 0 };
  const index = new ClientIndex(async function* () {
    counts.lists++;
    yield* clients;
  });
  return { index, counts };
}

const many: ClientOfPool[] = Array.from({ length: 640 }, (_, i) => [`client-${i}`, `pool-${i}`]);

it("lists the app clients once, for ids that are known and for ids that are not", async () => {
  const { index, counts } = indexOf(many);
  expect(await index.poolOf("client-639")).toBe("pool-639");
  for (let i = 0; i < 100; i++) expect(await index.poolOf(`stranger-${i}`)).toBeUndefined();
  expect(counts.lists).toBe(1);
});

it("is kept by what passes", async () => {
  const { index, counts } = indexOf(many);
  await index.ready();
  index.add("new", "pool-1");
  expect(await index.poolOf("new")).toBe("pool-1");
  index.remove("new");
  expect(await index.poolOf("new")).toBeUndefined();
  index.removePool("pool-1");
  expect(await index.poolOf("client-1")).toBeUndefined();
  expect(await index.poolOf("client-2")).toBe("pool-2");
  expect(counts.lists).toBe(1);
});

describe("while app clients may come in another way, as in a stack", () => {
  afterEach(() => jest.useRealTimers());

  it("is read again for an id that is unknown, also after it was read once since then", async () => {
    const clients: ClientOfPool[] = [];
    const { index } = indexOf(clients);
    index.outdate();
    expect(await index.poolOf("a")).toBeUndefined();
    clients.push(["a", "p"]);
    expect(await index.poolOf("a")).toBe("p");
  });

  it("is read once for all who ask at the same time", async () => {
    const { index, counts } = indexOf([]);
    await index.ready();
    index.outdate();
    await Promise.all(Array.from({ length: 50 }, (_, i) => index.poolOf(`stranger-${i}`)));
    expect(counts.lists).toBe(2);
  });

  it("is not read again later", async () => {
    jest.useFakeTimers({ now: 0 });
    const { index, counts } = indexOf([]);
    await index.ready();
    index.outdate();
    jest.setSystemTime(61_000);
    expect(await index.poolOf("a")).toBeUndefined();
    expect(counts.lists).toBe(1);
  });
});

it("is read again after a failure", async () => {
  let fails = true;
  const failing = new ClientIndex(async function* () {
    if (fails) throw new Error("down");
    yield ["a", "p"];
  });
  await expect(failing.poolOf("a")).rejects.toThrow("down");
  fails = false;
  expect(await failing.poolOf("a")).toBe("p");
});
