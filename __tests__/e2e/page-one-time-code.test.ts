import type { Route } from "playwright-core";
import { closeBrowser, describePage, type Visit, visiting } from "./browser";
import { outputs, pools, signInTo, signUpTo, uniqueName } from "./cloud";

const way = "verified";

describePage("the page, with a one-time code", () => {
  closeBrowser();

  /** Answers as a pool does whose functions ask for a code, until it is right or was wrong three times. */
  async function withFunctions(visit: Visit, right: string): Promise<void> {
    const name = uniqueName();
    await signUpTo(pools.anonymous, name);
    const session = await signInTo(pools.anonymous, name);
    const tokens = {
      AccessToken: session.getAccessToken().getJwtToken(),
      IdToken: session.getIdToken().getJwtToken(),
      RefreshToken: session.getRefreshToken().getToken(),
      ExpiresIn: 3600,
    };
    let wrong = 0;
    const challenge = { ChallengeName: "CUSTOM_CHALLENGE", Session: "s", ChallengeParameters: { USERNAME: "someone" } };
    await visit.page.route(`${outputs.endpoint}/`, async (route: Route) => {
      const { AuthFlow, ChallengeName, ChallengeResponses } = route.request().postDataJSON() ?? {};
      const reply = (json: object, status = 200) =>
        route.fulfill({ json, status, headers: { "access-control-allow-origin": "*" } });
      if (AuthFlow === "CUSTOM_AUTH") return reply(challenge);
      if (ChallengeName !== "CUSTOM_CHALLENGE") return route.continue();
      if (ChallengeResponses.ANSWER === right) return reply({ AuthenticationResult: tokens });
      if (++wrong < 3) return reply(challenge);
      return reply({ __type: "NotAuthorizedException", message: "Incorrect username or password." }, 400);
    });
    const config = (await (await fetch(`${outputs.web}config.json`)).json()) as { pools: Record<string, object> };
    config.pools[way] = { ...config.pools[way], oneTimeCode: true };
    await visit.page.route("**/config.json", (route) => route.fulfill({ json: config }));
  }

  async function askForCode(visit: Visit): Promise<void> {
    await visit.open();
    await visit.press(way, "I have an account: sign in");
    await visit.press(way, "Sign in with a code by mail");
    await visit.type(way, { "Email address": "someone@example.org" });
    await visit.press(way, "Mail me a code");
  }

  async function answer(visit: Visit, Code: string): Promise<void> {
    await visit.type(way, { Code });
    await visit.press(way, "Sign in");
  }

  visiting("signs in without a password", async (visit) => {
    await withFunctions(visit, "123456");
    await askForCode(visit);
    expect(await visit.lead(way)).toContain("someone@example.org");
    await answer(visit, "654321");
    expect(await visit.near(way, "Code")).toEqual({
      text: "This code is not right. Type the six digits of the newest mail.",
      wrong: true,
      focused: true,
    });
    await answer(visit, "123456");
    expect(await visit.title(way)).toBe("You are signed in");
  });

  visiting("starts again after too many wrong codes", async (visit) => {
    await withFunctions(visit, "123456");
    await askForCode(visit);
    for (const code of ["000001", "000002", "000003"]) await answer(visit, code);
    expect(await visit.title(way)).toBe("Sign in with a code");
    expect(await visit.alert(way)).toBe("This sign-in is over. Start it again.");
  });

  visiting("does not offer it where it is off", async (visit) => {
    await visit.open();
    await visit.press(way, "I have an account: sign in");
    expect(await visit.way(way).getByRole("button").allInnerTexts()).not.toContain("Sign in with a code by mail");
  });
});
