import { closeBrowser, describePage, type Visit, visiting } from "../browser";
import { type Ids, outputs } from "../cloud";
import { mailed, newUser } from "../people";
import { TRIGGERS_STACK } from "./triggers-stack";

const pool = "verified";

describePage("the page, with a one-time code", () => {
  closeBrowser();
  let ids: Ids;

  beforeAll(async () => {
    ids = (await TRIGGERS_STACK.ready()).all;
  }, 300_000);

  /** Somebody who has an account in the pool with all triggers, at the step that asks for the code. */
  async function askForCode(visit: Visit): Promise<string> {
    const address = await newUser(ids);
    await visit.open({ ...outputs.pools, [pool]: { ...outputs.pools[pool], ...ids, oneTimeCode: true } });
    await visit.press(pool, "I have an account: sign in");
    await visit.press(pool, "Sign in with a code by mail");
    await visit.type(pool, { "Email address": address });
    await visit.press(pool, "Mail me a code");
    return address;
  }

  async function answer(visit: Visit, Code: string): Promise<void> {
    await visit.type(pool, { Code });
    await visit.press(pool, "Sign in");
  }

  const wrong = (code: string) => (code === "00000000" ? "00000001" : "00000000");

  visiting("signs in without a password", async (visit) => {
    const address = await askForCode(visit);
    expect(await visit.lead(pool)).toContain(address);
    const code = await mailed(address, 2);
    await answer(visit, wrong(code));
    expect(await visit.near(pool, "Code")).toEqual({
      text: "This code is not right. Type the one from the newest mail.",
      wrong: true,
      focused: true,
    });
    await answer(visit, code);
    expect(await visit.title(pool)).toBe("You are signed in");
    const runs = visit.card(pool).locator(".last-step li strong");
    await runs.first().waitFor();
    expect(await runs.allInnerTexts()).toEqual(
      expect.arrayContaining(["VerifyAuthChallengeResponse_Authentication", "DefineAuthChallenge_Authentication"]),
    );
  });

  visiting("starts again after too many wrong codes", async (visit) => {
    const code = await mailed(await askForCode(visit), 2);
    for (let tries = 0; tries < 3; tries++) await answer(visit, wrong(code));
    expect(await visit.title(pool)).toBe("Sign in with a code");
    expect(await visit.alert(pool)).toBe("This sign-in is over. Start it again.");
  });

  visiting("does not offer it where it is off", async (visit) => {
    await visit.open();
    await visit.press(pool, "I have an account: sign in");
    expect(await visit.card(pool).getByRole("button").allInnerTexts()).not.toContain("Sign in with a code by mail");
  });
});
