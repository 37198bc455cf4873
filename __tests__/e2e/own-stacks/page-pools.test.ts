import type { StackOutputs } from "../../../contract/pools";
import { inOrder } from "../../../local/deploy";
import { BOTH_LOOKS, closeBrowser, describePage, type Visit, visiting } from "../browser";
import { codeFor, mailsTo, PASSWORD, signUpTo, uniqueName, uniquePhone } from "../cloud";
import { newAddress } from "../people";
import { SETTINGS_STACK } from "./settings-stack";

describePage("the page, with pools of other kinds and names", () => {
  closeBrowser();
  let outputs: StackOutputs;
  let pools: StackOutputs["pools"];

  beforeAll(async () => {
    outputs = await SETTINGS_STACK.ready();
    pools = inOrder(outputs);
  }, 300_000);

  const only = (...names: string[]) => Object.fromEntries(names.map((name) => [name, pools[name] ?? fail()]));

  const facts = (visit: Visit, pool: string) => visit.card(pool).locator(".facts").innerText();

  async function confirm(visit: Visit, pool: string, code: string, submit: string): Promise<void> {
    await visit.type(pool, { Code: code });
    await visit.press(pool, submit);
  }

  visiting(
    "shows a card each, in the stack's order, by what the pool is",
    async (visit) => {
      await visit.open(Object.fromEntries(Object.entries(pools).slice(0, 5)));
      expect(await visit.page.getByRole("heading", { level: 1 }).innerText()).toBe("Five ways in");
      expect(await visit.page.title()).toBe("Five ways in");
      expect(await visit.page.getByRole("heading", { level: 2 }).allInnerTexts()).toEqual([
        "With a verified address: staff",
        "With a user name, address or phone number",
        "Anonymous",
        "With a verified address: customers",
        "With a verified address: codes",
      ]);
      expect(outputs.poolNames).toEqual(Object.keys(pools));
    },
    { looks: BOTH_LOOKS },
  );

  visiting("signs somebody up and in with an address, in a pool that is called staff", async (visit) => {
    const address = newAddress();
    await visit.open(only("staff", "customers"));
    await visit.type("staff", { "Email address": address, "New password": PASSWORD });
    await visit.press("staff", "Sign up");
    await confirm(visit, "staff", await codeFor(address), "Confirm the address");
    await visit.type("staff", { Password: PASSWORD });
    await visit.press("staff", "Sign in");
    expect(await facts(visit, "staff")).toContain(address);
    // The other pool of this kind knows nothing of it.
    await visit.press("customers", "I have an account: sign in");
    await visit.type("customers", { "Email address": address, Password: PASSWORD });
    await visit.press("customers", "Sign in");
    expect(await visit.near("customers", "Password")).toMatchObject({ text: "The address or the password is wrong." });
  });

  visiting(
    "signs somebody up with a user name and in with their address, in a pool that is called members",
    async (visit) => {
      const pool = "members";
      const name = uniqueName();
      const address = newAddress();
      await visit.open(only(pool));
      await visit.type(pool, { "User name": address, "New password": PASSWORD });
      await visit.press(pool, "Sign up");
      expect(await visit.near(pool, "Email address")).toEqual({
        text: "Type an email address or a phone number.",
        wrong: true,
        focused: true,
      });
      await visit.type(pool, { "Email address": address });
      await visit.press(pool, "Sign up");
      expect(await visit.near(pool, "User name")).toMatchObject({
        text: "Choose a user name that is not an email address or a phone number.",
      });
      await visit.type(pool, { "User name": name });
      await visit.press(pool, "Sign up");
      expect(await visit.title(pool)).toBe("Type the code");
      await confirm(visit, pool, await codeFor(address), "Confirm the account");
      expect(await visit.lead(pool)).toBe("The account is confirmed. Sign in with it.");

      const signInWith = async (typed: string, password: string) => {
        await visit.type(pool, { "User name, email address or phone number": typed, Password: password });
        await visit.press(pool, "Sign in");
      };
      await signInWith(name, `${PASSWORD}!`);
      expect(await visit.near(pool, "Password")).toMatchObject({ text: "The name or the password is wrong." });
      await signInWith(address, PASSWORD);
      expect(await facts(visit, pool)).toContain(name);
      await visit.press(pool, "Sign out");

      await visit.press(pool, "Forgot the password");
      await visit.press(pool, "Send me a code");
      const other = `${PASSWORD} again`;
      await visit.type(pool, { Code: await codeFor(address), "New password": other });
      await visit.press(pool, "Change the password");
      await signInWith(name, other);
      expect(await visit.title(pool)).toBe("You are signed in");
    },
    { looks: BOTH_LOOKS },
  );

  visiting("takes a phone number instead of an address, and says when a user name is taken", async (visit) => {
    const taken = uniqueName();
    await signUpTo(pools.members ?? fail(), taken);
    await visit.open(only("members"));
    await visit.type("members", { "User name": taken, "Phone number": "0612345678", "New password": PASSWORD });
    await visit.press("members", "Sign up");
    expect(await visit.near("members", "Phone number")).toMatchObject({ text: expect.stringContaining("country") });
    await visit.type("members", { "Phone number": uniquePhone() });
    await visit.press("members", "Sign up");
    expect(await visit.near("members", "User name")).toMatchObject({
      text: "This user name is taken. Choose another one.",
    });
    await visit.type("members", { "User name": uniqueName() });
    await visit.press("members", "Sign up");
    expect(await visit.title("members")).toBe("Type the code");
  });

  visiting("signs somebody up and in without a password, where codes alone sign in", async (visit) => {
    const address = newAddress();
    await visit.open(only("codes"));
    await visit.type("codes", { "Email address": address });
    await visit.press("codes", "Sign up");
    await confirm(visit, "codes", await codeFor(address), "Confirm the address");
    expect(await visit.title("codes")).toBe("Sign in with a code");
    expect(await visit.lead("codes")).toBe("The address is proven to be yours. Sign in with it.");
    await visit.press("codes", "Mail me a code");
    expect(await mailsTo(address)).toHaveLength(2);
    await confirm(visit, "codes", await codeFor(address), "Sign in");
    expect(await visit.title("codes")).toBe("You are signed in");
    await visit.press("codes", "Sign out");
    expect(await visit.title("codes")).toBe("Sign in with a code");
  });

  visiting("shows a single pool too", async (visit) => {
    await visit.open(only("guests"));
    expect(await visit.page.getByRole("heading", { level: 1 }).innerText()).toBe("One way in");
    await visit.type("guests", { "User name": uniqueName(), "New password": PASSWORD });
    await visit.press("guests", "Sign up");
    await visit.type("guests", { Password: PASSWORD });
    await visit.press("guests", "Sign in");
    expect(await visit.title("guests")).toBe("You are signed in");
  });
});

/** For a pool that is sure to be there. */
function fail(): never {
  throw new Error("The stack does not give out a pool that it has.");
}
