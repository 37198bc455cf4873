import { closeBrowser, describePage, type Visit, visiting } from "./browser";
import { type Ids, outputs } from "./cloud";
import { mailed, newUser } from "./people";
import { TRIGGERS_STACK } from "./triggers-stack";

const way = "verified";

describePage("the page, with a one-time code", () => {
  closeBrowser();
  let pool: Ids;

  beforeAll(async () => {
    pool = (await TRIGGERS_STACK.ready()).all;
  }, 300_000);

  /** Somebody who has an account in the pool with all triggers, at the step that asks for the code. */
  async function askForCode(visit: Visit): Promise<string> {
    const address = await newUser(pool);
    const config = (await (await fetch(`${outputs.web}config.json`)).json()) as { pools: object };
    const pools = { ...config.pools, [way]: { ...pool, oneTimeCode: true } };
    await visit.page.route("**/config.json", (route) => route.fulfill({ json: { ...config, pools } }));
    await visit.open();
    await visit.press(way, "I have an account: sign in");
    await visit.press(way, "Sign in with a code by mail");
    await visit.type(way, { "Email address": address });
    await visit.press(way, "Mail me a code");
    return address;
  }

  async function answer(visit: Visit, Code: string): Promise<void> {
    await visit.type(way, { Code });
    await visit.press(way, "Sign in");
  }

  const wrong = (code: string) => (code === "00000000" ? "00000001" : "00000000");

  visiting("signs in without a password", async (visit) => {
    const address = await askForCode(visit);
    expect(await visit.lead(way)).toContain(address);
    const code = await mailed(address, 2);
    await answer(visit, wrong(code));
    expect(await visit.near(way, "Code")).toEqual({
      text: "This code is not right. Type the one from the newest mail.",
      wrong: true,
      focused: true,
    });
    await answer(visit, code);
    expect(await visit.title(way)).toBe("You are signed in");
    const runs = visit.way(way).locator(".last-step li strong");
    await runs.first().waitFor();
    expect(await runs.allInnerTexts()).toEqual(
      expect.arrayContaining(["VerifyAuthChallengeResponse_Authentication", "DefineAuthChallenge_Authentication"]),
    );
  });

  visiting("starts again after too many wrong codes", async (visit) => {
    const code = await mailed(await askForCode(visit), 2);
    for (let tries = 0; tries < 3; tries++) await answer(visit, wrong(code));
    expect(await visit.title(way)).toBe("Sign in with a code");
    expect(await visit.alert(way)).toBe("This sign-in is over. Start it again.");
  });

  visiting("does not offer it where it is off", async (visit) => {
    await visit.open();
    await visit.press(way, "I have an account: sign in");
    expect(await visit.way(way).getByRole("button").allInnerTexts()).not.toContain("Sign in with a code by mail");
  });
});
