import { BOTH_LOOKS, closeBrowser, describePage, type Visit, visiting } from "./browser";
import { blocks } from "./cdktf";
import { codeFor, mailsTo, PASSWORD, uniqueName } from "./cloud";

const pool = "verified";

describePage("the page, with a verified address", () => {
  closeBrowser();
  const newAddress = () => `${uniqueName()}@example.org`;

  /** An account at the step where it is to be signed in to. */
  async function newAccount(visit: Visit): Promise<string> {
    const address = newAddress();
    await visit.open();
    await visit.type(pool, { "Email address": address, "New password": PASSWORD });
    await visit.press(pool, "Sign up");
    await visit.type(pool, { Code: await codeFor(address) });
    await visit.press(pool, "Confirm the address");
    return address;
  }

  async function signIn(visit: Visit, password = PASSWORD): Promise<void> {
    await visit.type(pool, { Password: password });
    await visit.press(pool, "Sign in");
  }

  const fact = (visit: Visit, name: string) =>
    visit
      .card(pool)
      .locator(".facts div", { has: visit.page.getByText(name, { exact: true }) })
      .locator("dd")
      .innerText();

  visiting(
    "leads from the first sign-up to the sign-out",
    async (visit) => {
      const address = newAddress();
      await visit.open();
      await visit.type(pool, { "Email address": address, "New password": PASSWORD });
      await visit.press(pool, "Sign up");
      expect(await visit.title(pool)).toBe("Type the code");
      expect(await visit.lead(pool)).toContain(address);
      expect(await visit.near(pool, "Code")).toMatchObject({ focused: true });

      const code = await codeFor(address);
      await visit.type(pool, { Code: code === "000000" ? "000001" : "000000" });
      await visit.press(pool, "Confirm the address");
      expect(await visit.near(pool, "Code")).toEqual({
        text: "This code is not right. Look into the newest mail, and type its six digits.",
        wrong: true,
        focused: true,
      });

      await visit.press(pool, "Send another code");
      expect(await visit.lead(pool)).toMatch(/another one is on its way/);
      expect(await mailsTo(address)).toHaveLength(2);

      // As it is pasted from a mail.
      await visit.type(pool, { Code: ` ${await codeFor(address)} ` });
      await visit.press(pool, "Confirm the address");
      expect(await visit.lead(pool)).toBe("The address is proven to be yours. Sign in with it.");
      expect(await visit.near(pool, "Password")).toMatchObject({ focused: true });

      await signIn(visit, `${PASSWORD}!`);
      expect(await visit.near(pool, "Password")).toEqual({
        text: "The address or the password is wrong.",
        wrong: true,
        focused: true,
      });

      await signIn(visit);
      expect(await visit.title(pool)).toBe("You are signed in");
      expect(await fact(visit, "Address")).toBe(address);
      expect(await fact(visit, "Groups")).toBe("none");
      for (const token of ["ID", "access"]) await visit.card(pool).getByText(`Claims of the ${token} token`).click();
      await visit.expectAccessible();
      expect(await visit.card(pool).locator(".claims").allInnerTexts()).toEqual([
        expect.stringMatching(/token_use\s+id\b/),
        expect.stringMatching(/token_use\s+access\b/),
      ]);

      await visit.press(pool, "Refresh");
      expect(await visit.lead(pool)).toMatch(/^You have new tokens, until /);

      await visit.page.reload();
      await visit.card(pool).getByRole("button", { name: "Sign out" }).waitFor();
      await visit.press(pool, "Sign out");
      expect(await visit.lead(pool)).toBe("You are signed out.");
      expect(await visit.page.evaluate("localStorage.length + sessionStorage.length")).toBe(0);
    },
    { looks: BOTH_LOOKS },
  );

  visiting("sends whoever has not typed the code to that step, after the right password", async (visit) => {
    const address = newAddress();
    await visit.open();
    await visit.type(pool, { "Email address": address, "New password": PASSWORD });
    await visit.press(pool, "Sign up");
    await visit.press(pool, "Sign in");
    await signIn(visit);
    expect(await visit.title(pool)).toBe("Type the code");
    expect(await visit.lead(pool)).toMatch(/not proven yet/);
    await visit.type(pool, { Code: await codeFor(address) });
    await visit.press(pool, "Confirm the address");
    expect(await visit.title(pool)).toBe("Sign in");
  });

  visiting("gets somebody back in who forgot the password", async (visit) => {
    const address = await newAccount(visit);
    await visit.press(pool, "Forgot the password");
    await visit.press(pool, "Mail me a code");
    expect(await visit.title(pool)).toBe("Choose a new password");
    await visit.press(pool, "Send another code");
    const password = `${PASSWORD} again`;
    await visit.type(pool, { Code: await codeFor(address), "New password": "short" });
    await visit.press(pool, "Change the password");
    expect(await visit.near(pool, "New password")).toMatchObject({ wrong: true, focused: true });
    await visit.type(pool, { "New password": password });
    await visit.press(pool, "Change the password");
    await signIn(visit, password);
    expect(await visit.title(pool)).toBe("You are signed in");
  });

  visiting("says next to the field what is wrong with it", async (visit) => {
    await visit.open();
    await visit.press(pool, "Sign up");
    expect(await visit.near(pool, "Email address")).toEqual({
      text: "Type the email address.",
      wrong: true,
      focused: true,
    });
    await visit.type(pool, { "Email address": "jane@example.com", "New password": PASSWORD });
    await visit.press(pool, "Sign up");
    expect(await visit.near(pool, "Email address")).toEqual({
      text: "Users from example.com are no longer allowed to sign up.",
      wrong: true,
      focused: true,
    });
    await visit.type(pool, { "Email address": newAddress(), "New password": "too short" });
    await visit.press(pool, "Sign up");
    expect(await visit.near(pool, "New password")).toEqual({
      text: "Too short: use at least 12 characters, such as a few words.",
      wrong: true,
      focused: true,
    });
    expect(await visit.near(pool, "Email address")).toMatchObject({ wrong: false });
    await visit.type(pool, { "New password": ` ${PASSWORD}` });
    await visit.press(pool, "Sign up");
    expect(await visit.near(pool, "New password")).toMatchObject({ text: expect.stringContaining("space") });
  });

  visiting("refuses a blocked domain at sign-in, whoever it is", async (visit) => {
    await visit.open();
    await visit.press(pool, "I have an account: sign in");
    await visit.type(pool, { "Email address": "nobody@example.com" });
    await signIn(visit);
    expect(await visit.near(pool, "Email address")).toEqual({
      text: "Users from example.com are no longer allowed to log in.",
      wrong: true,
      focused: true,
    });
  });

  visiting("does not tell whose address it knows", async (visit) => {
    const known = await newAccount(visit);
    const unknown = newAddress();
    const words = async (address: string) => {
      const said: string[] = [];
      const note = async () => {
        const all = [await visit.title(pool), await visit.lead(pool), await visit.alert(pool)];
        said.push(...all.map((text) => text.replace(address, "somebody")));
      };
      await visit.press(pool, "Make an account");
      await visit.type(pool, { "Email address": address, "New password": PASSWORD });
      await visit.press(pool, "Sign up");
      await note();
      await visit.press(pool, "Send another code");
      await note();
      await visit.press(pool, "Sign in");
      await signIn(visit, "not the password");
      said.push((await visit.near(pool, "Password")).text);
      await visit.press(pool, "Forgot the password");
      await visit.press(pool, "Mail me a code");
      await note();
      await visit.press(pool, "Send another code");
      await note();
      await visit.press(pool, "Back to sign-in");
      return said;
    };
    const mails = (await mailsTo(known)).length;
    expect(await words(known)).toEqual(await words(unknown));
    // Two of a forgotten password.
    expect(await mailsTo(known)).toHaveLength(mails + 2);
  });

  visiting("says at a refresh that somebody was blocked meanwhile", async (visit) => {
    const address = await newAccount(visit);
    await signIn(visit);
    // Otherwise the command also signs the person out, and there is nothing to refresh.
    await blocks("add", `user:${address}`, "--name-only");
    await visit.press(pool, "Refresh");
    expect(await visit.alert(pool)).toBe("This user is no longer allowed to log in.");
    await blocks("remove", `user:${address}`, "--name-only");
    await visit.press(pool, "Refresh");
    expect(await visit.alert(pool)).toBe("");
    expect(await visit.lead(pool)).toMatch(/^You have new tokens/);
  });

  visiting("shows which triggers ran in the last step, and where the mails are", async (visit) => {
    await visit.open();
    await visit.type(pool, { "Email address": "jane@example.com", "New password": PASSWORD });
    await visit.press(pool, "Sign up");
    const runs = visit.card(pool).locator(".last-step li");
    await runs.first().waitFor();
    expect(await runs.allInnerTexts()).toEqual([
      expect.stringMatching(/PreSignUp_SignUp at SignUp.*PreSignUp failed with error Users from example\.com/s),
    ]);
    const mailbox = visit.card(pool).getByRole("link", { name: "Mailbox" });
    expect(await mailbox.getAttribute("href")).toMatch(/\/_local\/mailbox$/);
  });
});
