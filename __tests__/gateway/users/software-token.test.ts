import { newSecret, stepOf } from "../../../gateway/users/software-token";
import { timedCode } from "../authenticator";

// The secret and the codes of RFC 6238, appendix B, whose codes have eight digits.
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const vectors: [seconds: number, code: string][] = [
  [59, "287082"],
  [1_111_111_109, "081804"],
  [1_111_111_111, "050471"],
  [1_234_567_890, "005924"],
  [2_000_000_000, "279037"],
  [20_000_000_000, "353130"],
];

afterEach(() => jest.restoreAllMocks());
const at = (seconds: number) => jest.spyOn(Date, "now").mockReturnValue(seconds * 1000);

it.each(vectors)("takes the code of RFC 6238 at second %i", (seconds, code) => {
  at(seconds);
  expect(stepOf(secret, code)).toBe(Math.floor(seconds / 30));
  expect(timedCode(secret)).toBe(code);
});

it.each([
  [-2, undefined],
  [-1, 999],
  [0, 1000],
  [1, 1001],
  [2, undefined],
])("at step 1000, takes a code that is %i steps away as %p", (distance, step) => {
  at(30_000);
  expect(stepOf(secret, timedCode(secret, (1000 + distance) * 30_000))).toBe(step);
});

it.each(["", "12345", "1234567", "abcdef", "12 345"])("takes no %p", (code) => {
  at(59);
  expect(stepOf(secret, code)).toBeUndefined();
});

it("makes a new secret each time, as long as Cognito's", () => {
  const secrets = [newSecret(), newSecret()];
  for (const made of secrets) expect(made).toMatch(/^[A-Z2-7]{52}$/);
  expect(secrets[0]).not.toBe(secrets[1]);
});
