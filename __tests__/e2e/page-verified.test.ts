import { closeBrowser, describePage, NARROW, type Visit, visiting, WIDE } from "./browser";
import { blocks } from "./cdktf";
import { codeFor, mailsTo, PASSWORD, uniqueName } from "./cloud";

const way = "verified";

describePage("the page, with a verified address", () => {
  closeBrowser();
  const newAddress = () => `${uniqueName()}@example.org`;

  /** An account at the step where it is to be signed in to. */
  async function newAccount(visit: Visit): Promise<string> {
    const address = newAddress();
    await visit.open();
    await visit.type(way, { "Email address": address, "New password": PASSWORD });
    await visit.press(way, "Sign up");
    await visit.type(way, { Code: await codeFor(address) });
    await visit.press(way, "Confirm the address");
    return address;
  }

  async function signIn(visit: Visit, password = PASSWORD): Promise<void> {
    await visit.type(way, { Password: password });
    await visit.press(way, "Sign in");
  }

  const fact = (visit: Visit, name: string) =>
    visit
      .way(way)
      .locator(".facts div", { has: visit.page.getByText(name, { exact: true }) })
      .locator("dd")
      .innerText();

  visiting.each([
    { viewport: NARROW, colorScheme: "dark" },
    { viewport: WIDE, colorScheme: "light" },
  ])("leads from the first sign-up to the sign-out", async (visit) => {
    const address = newAddress();
    await visit.open();
    await visit.type(way, { "Email address": address, "New password": PASSWORD });
    await visit.press(way, "Sign up");
    expect(await visit.title(way)).toBe("Type the code");
    expect(await visit.lead(way)).toContain(address);
    expect(await visit.near(way, "Code")).toMatchObject({ focused: true });

    const code = await codeFor(address);
    await visit.type(way, { Code: code === "000000" ? "000001" : "000000" });
    await visit.press(way, "Confirm the address");
    expect(await visit.near(way, "Code")).toEqual({
      text: "This code is not right. Look into the newest mail, and type its six digits.",
      wrong: true,
      focused: true,
    });

    await visit.press(way, "Send another code");
    expect(await visit.lead(way)).toMatch(/another one is on its way/);
    expect(await mailsTo(address)).toHaveLength(2);

    // As it is pasted from a mail.
    await visit.type(way, { Code: ` ${await codeFor(address)} ` });
    await visit.press(way, "Confirm the address");
    expect(await visit.lead(way)).toBe("The address is proven to be yours. Sign in with it.");
    expect(await visit.near(way, "Password")).toMatchObject({ focused: true });

    await signIn(visit, `${PASSWORD}!`);
    expect(await visit.near(way, "Password")).toEqual({
      text: "The address or the password is wrong.",
      wrong: true,
      focused: true,
    });

    await signIn(visit);
    expect(await visit.title(way)).toBe("You are signed in");
    expect(await fact(visit, "Address")).toBe(address);
    expect(await fact(visit, "Groups")).toBe("none");
    for (const token of ["ID", "access"]) await visit.way(way).getByText(`Claims of the ${token} token`).click();
    await visit.expectAccessible();
    expect(await visit.way(way).locator(".claims").allInnerTexts()).toEqual([
      expect.stringMatching(/token_use\s+id\b/),
      expect.stringMatching(/token_use\s+access\b/),
    ]);

    await visit.press(way, "Refresh");
    expect(await visit.lead(way)).toMatch(/^You have new tokens, until /);

    await visit.page.reload();
    await visit.way(way).getByRole("button", { name: "Sign out" }).waitFor();
    await visit.press(way, "Sign out");
    expect(await visit.lead(way)).toBe("You are signed out.");
    expect(await visit.page.evaluate("localStorage.length + sessionStorage.length")).toBe(0);
  });

  visiting("sends whoever has not typed the code to that step, after the right password", async (visit) => {
    const address = newAddress();
    await visit.open();
    await visit.type(way, { "Email address": address, "New password": PASSWORD });
    await visit.press(way, "Sign up");
    await visit.press(way, "Sign in");
    await signIn(visit);
    expect(await visit.title(way)).toBe("Type the code");
    expect(await visit.lead(way)).toMatch(/not proven yet/);
    await visit.type(way, { Code: await codeFor(address) });
    await visit.press(way, "Confirm the address");
    expect(await visit.title(way)).toBe("Sign in");
  });

  visiting("gets somebody back in who forgot the password", async (visit) => {
    const address = await newAccount(visit);
    await visit.press(way, "Forgot the password");
    await visit.press(way, "Mail me a code");
    expect(await visit.title(way)).toBe("Choose a new password");
    await visit.press(way, "Send another code");
    const password = `${PASSWORD} again`;
    await visit.type(way, { Code: await codeFor(address), "New password": "short" });
    await visit.press(way, "Change the password");
    expect(await visit.near(way, "New password")).toMatchObject({ wrong: true, focused: true });
    await visit.type(way, { "New password": password });
    await visit.press(way, "Change the password");
    await signIn(visit, password);
    expect(await visit.title(way)).toBe("You are signed in");
  });

  visiting("says next to the field what is wrong with it", async (visit) => {
    await visit.open();
    await visit.press(way, "Sign up");
    expect(await visit.near(way, "Email address")).toEqual({
      text: "Type the email address.",
      wrong: true,
      focused: true,
    });
    await visit.type(way, { "Email address": "jane@example.com", "New password": PASSWORD });
    await visit.press(way, "Sign up");
    expect(await visit.near(way, "Email address")).toEqual({
      text: "Users from example.com are no longer allowed to sign up.",
      wrong: true,
      focused: true,
    });
    await visit.type(way, { "Email address": newAddress(), "New password": "too short" });
    await visit.press(way, "Sign up");
    expect(await visit.near(way, "New password")).toEqual({
      text: "Too short: use at least 12 characters, such as a few words.",
      wrong: true,
      focused: true,
    });
    expect(await visit.near(way, "Email address")).toMatchObject({ wrong: false });
    await visit.type(way, { "New password": ` ${PASSWORD}` });
    await visit.press(way, "Sign up");
    expect(await visit.near(way, "New password")).toMatchObject({ text: expect.stringContaining("space") });
  });

  visiting("refuses a blocked domain at sign-in, whoever it is", async (visit) => {
    await visit.open();
    await visit.press(way, "I have an account: sign in");
    await visit.type(way, { "Email address": "nobody@example.com" });
    await signIn(visit);
    expect(await visit.near(way, "Email address")).toEqual({
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
        const all = [await visit.title(way), await visit.lead(way), await visit.alert(way)];
        said.push(...all.map((text) => text.replace(address, "somebody")));
      };
      await visit.press(way, "Make an account");
      await visit.type(way, { "Email address": address, "New password": PASSWORD });
      await visit.press(way, "Sign up");
      await note();
      await visit.press(way, "Send another code");
      await note();
      await visit.press(way, "Sign in");
      await signIn(visit, "not the password");
      said.push((await visit.near(way, "Password")).text);
      await visit.press(way, "Forgot the password");
      await visit.press(way, "Mail me a code");
      await note();
      await visit.press(way, "Send another code");
      await note();
      await visit.press(way, "Back to sign-in");
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
    await blocks("add", `user:${address}`);
    await visit.press(way, "Refresh");
    expect(await visit.alert(way)).toBe("This user is no longer allowed to log in.");
    await blocks("remove", `user:${address}`);
    await visit.press(way, "Refresh");
    expect(await visit.alert(way)).toBe("");
    expect(await visit.lead(way)).toMatch(/^You have new tokens/);
  });

  visiting("shows which triggers ran in the last step, and where the mails are", async (visit) => {
    await visit.open();
    await visit.type(way, { "Email address": "jane@example.com", "New password": PASSWORD });
    await visit.press(way, "Sign up");
    const runs = visit.way(way).locator(".last-step li");
    await runs.first().waitFor();
    expect(await runs.allInnerTexts()).toEqual([
      expect.stringMatching(/PreSignUp_SignUp at SignUp.*PreSignUp failed with error Users from example\.com/s),
    ]);
    const mailbox = visit.way(way).getByRole("link", { name: "Mailbox" });
    expect(await mailbox.getAttribute("href")).toMatch(/\/_local\/mailbox$/);
  });
});
