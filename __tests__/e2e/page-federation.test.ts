import { closeBrowser, describePage, type Visit, visiting } from "./browser";

const POOL = "verified";

describePage("people from an identity provider, at the page", () => {
  closeBrowser();

  const facts = (visit: Visit) => visit.card(POOL).locator(".facts").innerText();
  const comeFromProvider = (visit: Visit) => visit.card(POOL).getByRole("heading", { level: 3 }).first().waitFor();

  /** Leaves the page, and is somebody at the provider, which asks as often as the page sends people there. */
  async function continueAs(visit: Visit, person: RegExp, times = 1): Promise<void> {
    await visit.card(POOL).getByRole("button", { name: "Continue with Stranger" }).click();
    for (let time = 0; time < times; time++) {
      const form = await visit.page.waitForURL(/\/interaction\//).then(() => visit.page.url());
      await visit.page.getByRole("button", { name: person }).click();
      if (time + 1 < times) await visit.page.waitForURL((url) => /\/interaction\//.test(url.href) && url.href !== form);
    }
    await comeFromProvider(visit);
    await visit.settled();
  }

  visiting("sign in, refresh, sign out everywhere, and are asked again who they are", async (visit) => {
    await visit.open();
    // Cognito refuses the sign-in in which it links a newcomer to the profile that pre sign-up has made.
    for (const times of [2, 1]) {
      await continueAs(visit, /Cleo/, times);
      expect(await visit.title(POOL)).toBe("You are signed in");
      expect(await facts(visit)).toContain("Stranger");
      expect(new URL(visit.page.url()).search).toBe("");
      await visit.press(POOL, "Refresh");
      expect(await visit.lead(POOL)).toMatch(/^You have new tokens/);
      await visit.page.reload();
      await visit.card(POOL).getByRole("button", { name: "Sign out" }).waitFor();
      expect(await visit.title(POOL)).toBe("You are signed in");
      await visit.card(POOL).getByRole("button", { name: "Sign out" }).click();
      await visit.card(POOL).getByRole("button", { name: "Continue with Stranger" }).waitFor();
      await visit.settled();
    }
  });

  visiting("are told why they are refused", async (visit) => {
    await visit.open();
    await continueAs(visit, /Dan/);
    expect(await visit.alert(POOL)).toBe("Users from example.com are no longer allowed to sign up.");
    expect(new URL(visit.page.url()).search).toBe("");
    await visit.page.reload();
    await visit.card(POOL).getByRole("button", { name: "Continue with Stranger" }).waitFor();
    expect(await visit.alert(POOL)).toBe("");
  });

  visiting("may go back without a sign-in", async (visit) => {
    await visit.open();
    await continueAs(visit, /Nobody/);
    expect(await visit.alert(POOL)).toMatch(/^The sign-in there did not work: /);
  });

  visiting("are not signed in by an answer that this tab did not ask for", async (visit) => {
    await visit.open();
    await visit.page.goto(`${visit.page.url()}?code=00000000-0000-4000-8000-000000000000&state=of-another`);
    await visit.card(POOL).getByRole("button", { name: "Continue with Stranger" }).waitFor();
    expect(await visit.title(POOL)).toBe("Make an account");
  });
});
