import { generate } from "lean-qr";
import type { Locator } from "playwright-core";
import { wrongCode } from "../../gateway/authenticator";
import { AuthenticatorApp } from "../authenticator-app";
import { BOTH_LOOKS, closeBrowser, describePage, type Visit, visiting } from "../browser";
import { PASSWORD, signUpTo, uniqueName } from "../cloud";
import { SETTINGS_STACK } from "./settings-stack";

type Pool = "optional" | "required";
const notRight = {
  text: "This code is not right. Type the six digits that the app shows now.",
  wrong: true,
  focused: true,
};

describePage("the page, with second factors", () => {
  closeBrowser();
  let pools: Awaited<ReturnType<typeof SETTINGS_STACK.ready>>["pools"];

  beforeAll(async () => {
    ({ pools } = await SETTINGS_STACK.ready());
  }, 300_000);

  /** Somebody with an account, at the form of the sign-in. */
  async function arrive(visit: Visit, pool: Pool): Promise<string> {
    const name = uniqueName();
    await signUpTo(pools[pool], name);
    await visit.open({ [pool]: pools[pool] });
    await visit.press(pool, "I have an account: sign in");
    return name;
  }

  async function signIn(visit: Visit, pool: Pool, name: string): Promise<void> {
    await visit.type(pool, { "User name": name, Password: PASSWORD });
    await visit.press(pool, "Sign in");
  }

  /** Types the secret that is shown as text into an app. The picture holds the same. */
  async function scan(visit: Visit, pool: Pool, account: string): Promise<AuthenticatorApp> {
    const card = visit.card(pool);
    const picture = card.getByRole("img", { name: "QR code with the secret" });
    await picture.waitFor();
    const secret = (await card.locator(".app-secret code").innerText()).replaceAll(" ", "");
    const uri = `otpauth://totp/localhost:${account}?secret=${secret}&issuer=localhost`;
    expect(await squaresOf(picture)).toEqual(squaresFor(uri));
    return new AuthenticatorApp(secret);
  }

  /** The dark squares of the picture, as "column row". Around it is an empty border of four. */
  async function squaresOf(picture: Locator): Promise<string[]> {
    const path = await picture.locator("path").getAttribute("d");
    return [...(path ?? "").matchAll(/M(\d+) (\d+)/g)].map(([, x, y]) => `${Number(x) - 4} ${Number(y) - 4}`);
  }

  function squaresFor(text: string): string[] {
    const code = generate(text);
    const rows = [...Array(code.size).keys()];
    return rows.flatMap((y) => rows.filter((x) => code.get(x, y)).map((x) => `${x} ${y}`));
  }

  async function typeCode(visit: Visit, pool: Pool, code: string, submit: string): Promise<void> {
    await visit.type(pool, { Code: code });
    await visit.press(pool, submit);
  }

  const facts = (visit: Visit, pool: Pool) => visit.card(pool).locator(".facts").innerText();
  const buttons = (visit: Visit, pool: Pool) => visit.card(pool).locator(".others button").allInnerTexts();

  visiting(
    "set one up, are asked for it, and turn it off",
    async (visit) => {
      const pool = "optional";
      const name = await arrive(visit, pool);
      await signIn(visit, pool, name);
      expect(await facts(visit, pool)).toMatch(/Second factor\s+none/);
      await visit.press(pool, "Set up a second factor");
      await visit.press(pool, "Not now");
      expect(await visit.title(pool)).toBe("You are signed in");
      await visit.press(pool, "Set up a second factor");
      expect(await visit.near(pool, "Code")).toMatchObject({ focused: true });
      const app = await scan(visit, pool, name);
      await typeCode(visit, pool, wrongCode(app.secret), "Set it up");
      expect(await visit.near(pool, "Code")).toEqual(notRight);
      await typeCode(visit, pool, await app.code(), "Set it up");
      expect(await visit.lead(pool)).toBe("Your app is set up. From now on, a sign-in asks for its code.");
      expect(await facts(visit, pool)).toMatch(/Second factor\s+an authenticator app/);
      expect(await visit.page.content()).not.toContain(app.secret);
      await visit.press(pool, "Sign out");

      await signIn(visit, pool, name);
      expect(await visit.title(pool)).toBe("Type the code of your app");
      await typeCode(visit, pool, wrongCode(app.secret), "Sign in");
      expect(await visit.near(pool, "Code")).toEqual(notRight);
      const code = await app.code();
      await typeCode(visit, pool, code, "Sign in");
      expect(await visit.title(pool)).toBe("You are signed in");
      await visit.press(pool, "Sign out");

      await signIn(visit, pool, name);
      await typeCode(visit, pool, code, "Sign in");
      expect(await visit.near(pool, "Code")).toMatchObject({
        text: "This code was used already. Wait until the app shows another one.",
      });
      await visit.press(pool, "Start again");
      await signIn(visit, pool, name);
      await typeCode(visit, pool, await app.code(), "Sign in");
      expect(await buttons(visit, pool)).toEqual(["Use another app", "Turn the second factor off"]);
      await visit.press(pool, "Turn the second factor off");
      expect(await visit.lead(pool)).toBe("Your app is off. A sign-in asks for no code of it.");
      await visit.press(pool, "Sign out");
      await signIn(visit, pool, name);
      expect(await visit.title(pool)).toBe("You are signed in");
    },
    { looks: BOTH_LOOKS },
  );

  visiting(
    "set one up at the first sign-in where the pool requires it, and keep it",
    async (visit) => {
      const pool = "required";
      const name = await arrive(visit, pool);
      await signIn(visit, pool, name);
      expect(await visit.title(pool)).toBe("Set up a second factor");
      const app = await scan(visit, pool, name);
      await typeCode(visit, pool, wrongCode(app.secret), "Set it up and sign in");
      expect(await visit.near(pool, "Code")).toEqual(notRight);
      await typeCode(visit, pool, await app.code(), "Set it up and sign in");
      expect(await visit.title(pool)).toBe("You are signed in");
      expect(await buttons(visit, pool)).toEqual(["Use another app"]);
      await visit.press(pool, "Use another app");
      const other = await scan(visit, pool, name);
      expect(other.secret).not.toBe(app.secret);
      await typeCode(visit, pool, await other.code(), "Set it up");
      await visit.press(pool, "Sign out");
      await signIn(visit, pool, name);
      await typeCode(visit, pool, await other.code(), "Sign in");
      expect(await facts(visit, pool)).toMatch(/Second factor\s+an authenticator app/);
    },
    { looks: BOTH_LOOKS },
  );

  visiting("are told when their sign-in is over", async (visit) => {
    const pool = "required";
    const name = await arrive(visit, pool);
    await signIn(visit, pool, name);
    await visit.page.route("**/*", (route) => {
      const isVerification = route.request().headers()["x-amz-target"]?.endsWith(".VerifySoftwareToken");
      if (!isVerification) return route.fallback();
      const postData = JSON.stringify({ ...route.request().postDataJSON(), Session: "of-somebody-else-and-too-old" });
      return route.continue({ postData });
    });
    await typeCode(visit, pool, "123456", "Set it up and sign in");
    expect(await visit.title(pool)).toBe("Sign in");
    expect(await visit.alert(pool)).toBe("This sign-in is over. Start it again.");
  });
});
