import { type HashedPassword, hashPassword, isPassword, UnusablePassword } from "../../functions/user-migration/scrypt";

/** A small cost, so that a test of many takes no time. */
const CHEAP = { n: 16, r: 1, p: 1 };
const bytes = (length: number) => Buffer.alloc(length, 7);

describe("the vectors of RFC 7914", () => {
  it.each([
    [
      { n: 1024, r: 8, p: 16 },
      "password",
      "NaCl",
      "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
    ],
    [
      { n: 16384, r: 8, p: 1 },
      "pleaseletmein",
      "SodiumChloride",
      "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887",
    ],
  ])("%j", async (cost, password, salt, hex) => {
    const kept = { ...cost, salt: Buffer.from(salt), hash: Buffer.from(hex, "hex") };
    expect(await isPassword(password, kept)).toBe(true);
    expect(await isPassword(`${password} `, kept)).toBe(false);
    // Shorter hashes are the beginning of longer ones.
    expect(await isPassword(password, { ...kept, hash: kept.hash.subarray(0, 32) })).toBe(true);
  });

  it("includes one that would need a gigabyte, and is refused before it does", async () => {
    const kept = { n: 1048576, r: 8, p: 1, salt: Buffer.from("SodiumChloride"), hash: bytes(64) };
    await expect(isPassword("pleaseletmein", kept)).rejects.toThrow(
      new UnusablePassword("n * r * p is 8388608, but it must be a whole number from 1 to 1048576"),
    );
  });
});

it.each(["correct horse", "ünïcode пароль 密码", " spaces ", "x".repeat(256)])(
  "knows %j again, and no other",
  async (password) => {
    const kept = await hashPassword(password, CHEAP);
    expect(await isPassword(password, kept)).toBe(true);
    expect(await isPassword(password.slice(0, -1), kept)).toBe(false);
    expect(await isPassword("", kept)).toBe(false);
  },
);

it("gives each a salt of their own", async () => {
  const [one, two] = await Promise.all([hashPassword("same", CHEAP), hashPassword("same", CHEAP)]);
  expect(one.hash.equals(two.hash)).toBe(false);
  expect(one.salt.length).toBe(16);
});

describe("what was kept and then changed", () => {
  it.each<[string, (kept: HashedPassword) => Partial<HashedPassword>]>([
    ["a bit of the hash", ({ hash }) => ({ hash: Buffer.from(hash.map((byte, at) => (at === 31 ? byte ^ 1 : byte))) })],
    ["the salt", ({ salt }) => ({ salt: Buffer.concat([salt, Buffer.from([0])]) })],
    ["n", () => ({ n: 32 })],
    ["r", () => ({ r: 2 })],
    ["p", () => ({ p: 2 })],
  ])("%s, is another password", async (_, change) => {
    const kept = await hashPassword("correct horse", CHEAP);
    expect(await isPassword("correct horse", { ...kept, ...change(kept) })).toBe(false);
  });
});

describe("what cannot be checked is named, and costs nothing", () => {
  const RANGE = "but it must be a whole number from";

  it.each<[Partial<HashedPassword>, string]>([
    [{ n: 0 }, `n is 0, ${RANGE} 2 to 32768`],
    [{ n: 1 }, `n is 1, ${RANGE} 2 to 32768`],
    [{ n: -16 }, `n is -16, ${RANGE} 2 to 32768`],
    [{ n: 24 }, "n is 24, but it must be a power of two"],
    [{ n: 16.5 }, `n is 16.5, ${RANGE} 2 to 32768`],
    [{ n: Number.NaN }, `n is NaN, ${RANGE} 2 to 32768`],
    [{ n: 65536 }, `n is 65536, ${RANGE} 2 to 32768`],
    [{ n: 2 ** 40, r: 8 }, `n is 1099511627776, ${RANGE} 2 to 1048576`],
    [{ n: Number.POSITIVE_INFINITY, r: 8 }, `n is Infinity, ${RANGE} 2 to 1048576`],
    [{ n: 2 ** 18, r: 8 }, `n * r * p is 2097152, ${RANGE} 1 to 1048576`],
    [{ n: 2 ** 17, r: 8, p: 2 }, `n * r * p is 2097152, ${RANGE} 1 to 1048576`],
    [{ r: 0 }, `r is 0, ${RANGE} 1 to 32`],
    [{ r: 2 ** 19 }, `r is 524288, ${RANGE} 1 to 32`],
    [{ p: 0 }, `p is 0, ${RANGE} 1 to 64`],
    [{ p: 2 ** 19 }, `p is 524288, ${RANGE} 1 to 64`],
    [{ hash: bytes(0) }, `length of hash is 0, ${RANGE} 16 to 128`],
    [{ hash: bytes(15) }, `length of hash is 15, ${RANGE} 16 to 128`],
    [{ hash: bytes(129) }, `length of hash is 129, ${RANGE} 16 to 128`],
    [{ salt: bytes(0) }, `length of salt is 0, ${RANGE} 1 to 1024`],
    [{ salt: bytes(1025) }, `length of salt is 1025, ${RANGE} 1 to 1024`],
  ])("%j", async (change, message) => {
    const kept = { ...CHEAP, salt: bytes(16), hash: bytes(32), ...change };
    await expect(isPassword("correct horse", kept)).rejects.toThrow(new UnusablePassword(message));
  });

  it("is not made either", async () => {
    await expect(hashPassword("correct horse", { n: 3, r: 8, p: 1 })).rejects.toThrow("n is 3");
  });
});

it.each([
  { n: 131072, r: 8, p: 1 },
  { n: 16384, r: 8, p: 5 },
  { n: 8192, r: 8, p: 10 },
])("takes what OWASP recommends: %j", async (cost) => {
  expect(await isPassword("correct horse", { ...cost, salt: bytes(16), hash: bytes(32) })).toBe(false);
});
