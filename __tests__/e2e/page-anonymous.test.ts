import { BOTH_LOOKS, closeBrowser, describePage, type Visit, visiting } from "./browser";
import { outputs, PASSWORD, signUpTo, uniqueName } from "./cloud";

const pool = "anonymous";

describePage("the page, anonymously", () => {
  closeBrowser();

  async function signUp(visit: Visit, name: string): Promise<void> {
    await visit.type(pool, { "User name": name, "New password": PASSWORD });
    await visit.press(pool, "Sign up");
  }

  async function signIn(visit: Visit, password = PASSWORD): Promise<void> {
    await visit.type(pool, { Password: password });
    await visit.press(pool, "Sign in");
  }

  visiting(
    "leads from the first sign-up to the sign-out",
    async (visit) => {
      const name = uniqueName();
      await visit.open();
      expect(await visit.lead(pool)).toContain("nothing else is stored");
      await signUp(visit, name);
      expect(await visit.lead(pool)).toBe("You have an account, and no code is needed. Sign in with it.");
      await signIn(visit, `${PASSWORD}!`);
      expect(await visit.near(pool, "Password")).toMatchObject({ text: "The user name or the password is wrong." });
      await signIn(visit);
      expect(await visit.title(pool)).toBe("You are signed in");
      expect(await visit.card(pool).locator(".facts").innerText()).toContain(name);
      expect(await visit.card(pool).locator(".facts").innerText()).not.toContain("Address");
      await visit.press(pool, "Refresh");
      expect(await visit.lead(pool)).toMatch(/^You have new tokens/);
      await visit.press(pool, "Sign out");
      expect(await visit.lead(pool)).toBe("You are signed out.");
    },
    { looks: BOTH_LOOKS },
  );

  visiting("works by keyboard alone", async (visit) => {
    const name = uniqueName();
    const { keyboard } = visit.page;
    const focus = () => visit.page.evaluate<string>("document.activeElement.name || document.activeElement.innerText");
    const tabTo = async (wanted: string) => {
      for (let tries = 0; (await focus()) !== wanted; tries++) {
        if (tries > 40) throw new Error(`Tab does not lead to ${wanted}.`);
        await keyboard.press("Tab");
      }
    };
    await visit.open();
    await visit.field(pool, "User name").focus();
    await keyboard.type(name);
    await tabTo("password");
    await keyboard.type(PASSWORD);
    await keyboard.press("Enter");
    await visit.settled();
    expect(await focus()).toBe("password");
    await keyboard.type(PASSWORD);
    await keyboard.press("Enter");
    await visit.settled();
    expect(await focus()).toBe("You are signed in");
    await tabTo("Sign out");
    await keyboard.press("Space");
    await visit.settled();
    expect(await visit.lead(pool)).toBe("You are signed out.");
  });

  visiting("shows a password on demand only, and tells password managers what is what", async (visit) => {
    await visit.open();
    const password = visit.field(pool, "New password");
    const complete = (label: string) => visit.field(pool, label).getAttribute("autocomplete");
    expect([await complete("User name"), await complete("New password")]).toEqual(["username", "new-password"]);
    expect(await password.getAttribute("type")).toBe("password");
    await visit.press(pool, "Show the new password");
    expect(await password.getAttribute("type")).toBe("text");
    await visit.press(pool, "I have an account: sign in");
    expect([await complete("User name"), await complete("Password")]).toEqual(["username", "current-password"]);
    expect(await visit.field(pool, "Password").getAttribute("type")).toBe("password");
  });

  visiting("says next to the field what is wrong with it", async (visit) => {
    const taken = uniqueName();
    await signUpTo(outputs.pools.anonymous, taken);
    await visit.open();
    const said = async (name: string) => {
      await signUp(visit, name);
      return (await visit.near(pool, "User name")).text;
    };
    expect(await said(taken)).toBe("This user name is taken. Choose another one.");
    expect(await said("someone@example.org")).toBe(
      "Choose a user name that is not an email address or a phone number.",
    );
    expect(await said("two words")).toBe("A user name has no spaces, and 128 characters at most.");
  });

  visiting("sends a form once that is submitted twice", async (visit) => {
    await visit.open();
    const signUps = visit.count("SignUp");
    await visit.type(pool, { "User name": uniqueName(), "New password": PASSWORD });
    await visit.card(pool).getByRole("button", { name: "Sign up", exact: true }).dblclick();
    await visit.settled();
    expect(await visit.title(pool)).toBe("Sign in");
    expect(signUps()).toBe(1);
  });

  visiting("says that the server cannot be reached, and goes on when it can", async (visit) => {
    await visit.open();
    await visit.page.context().setOffline(true);
    const name = uniqueName();
    await signUp(visit, name);
    expect(await visit.alert(pool)).toBe("The server cannot be reached. Look at your connection, and try again.");
    await visit.page.context().setOffline(false);
    await visit.press(pool, "Sign up");
    expect(await visit.title(pool)).toBe("Sign in");
  });

  visiting("shows a function's words as they are, and never as HTML", async (visit) => {
    const words = "<img src=x onerror=alert(1)> **no**";
    await visit.page.route(`${outputs.endpoint}/`, (route) =>
      route.request().method() === "POST"
        ? route.fulfill({
            status: 400,
            headers: { "access-control-allow-origin": "*", "access-control-expose-headers": "x-amzn-errortype" },
            json: { __type: "UserLambdaValidationException", message: `PreSignUp failed with error ${words}.` },
          })
        : route.continue(),
    );
    await visit.open();
    await signUp(visit, uniqueName());
    expect(await visit.alert(pool)).toBe(`${words}.`);
    expect(await visit.page.locator("img").count()).toBe(0);
  });

  visiting("keeps the two pools apart", async (visit) => {
    const name = uniqueName();
    const address = `${uniqueName()}@example.org`;
    await visit.open();
    await signUp(visit, name);
    await signIn(visit);
    await visit.press("verified", "I have an account: sign in");
    await visit.type("verified", { "Email address": address, Password: PASSWORD });
    await visit.press("verified", "Sign in");
    expect((await visit.near("verified", "Password")).wrong).toBe(true);
    expect(await visit.title(pool)).toBe("You are signed in");
    await visit.page.reload();
    await visit.card(pool).getByRole("button", { name: "Sign out" }).waitFor();
    await visit.settled();
    expect(await visit.title("verified")).toBe("Make an account");
  });

  visiting("says what is wrong with its own settings", async (visit) => {
    await visit.page.route("**/config.json", (route) => route.fulfill({ json: { region: "eu-west-1", pools: {} } }));
    await visit.page.goto(outputs.web);
    expect(await visit.page.getByRole("alert").innerText()).toContain(
      "config.json names no user pool to sign up to: its pools are empty.",
    );
    await visit.expectAccessible();
  });
});
