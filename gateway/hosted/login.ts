import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { isException } from "../exceptions";
import { admitsOwnUsers, doorsOf } from "../pools/client-providers";
import { missingAttributes } from "../pools/schema";
import { signsInWith } from "../pools/user-names";
import { admitWithPassword } from "../sign-in/admit-user";
import { askForNewPassword, checkStatus } from "../sign-in/complete-sign-in";
import { parameter } from "../sign-in/sign-in-request";
import { replaceTemporaryPassword } from "../sign-in/temporary-password";
import type { User } from "../users/user";
import { attributeField } from "./attribute-fields";
import { confirmPage } from "./confirm-user";
import { type HostedAnswer, parameterOf } from "./exchange";
import { type HostedPage, hostedPage } from "./hosted-page";
import { door, field, form, hidden, link } from "./html";
import { afterPassword } from "./second-factor";

/**
 * Signs a user of the pool in by password, with the ordinary triggers. Their refusals are shown on the page.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/login-endpoint.html
 */
export const login = hostedPage({
  show: showLogin,
  submit: (at) => (at.typed("session") ? newPassword(at) : signIn(at)),
});

function showLogin(at: HostedPage, messages: { alert?: string; notice?: string }): HostedAnswer {
  const { pool, client } = at.context;
  const doors = doorsOf(client).map((name) => door(toProvider(at, name), `Sign in with ${name}`));
  const hint = at.typed("username") || parameterOf(at.request.query, "login_hint");
  const passwordForm = (protection: string) => [
    form(
      at.to("login"),
      [
        protection,
        field({ name: "username", label: nameLabel(pool), autocomplete: "username", value: hint }),
        field({ name: "password", label: "Password", type: "password", autocomplete: "current-password" }),
      ],
      "Sign in",
    ),
    link(at.to("forgotPassword"), "I forgot my password"),
    pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly ? "" : link(at.to("signup"), "Sign up"),
  ];
  return at.show({
    title: "Sign in",
    ...messages,
    body: (protection) => [...doors, ...(admitsOwnUsers(client) ? passwordForm(protection) : [])].join("\n"),
  });
}

/** The same authorization request, at a provider. A name in the query already is that of another one. */
function toProvider(at: HostedPage, name: string): string {
  const query = new URLSearchParams(at.request.query);
  query.set("identity_provider", name);
  return `/${at.context.poolId}/oauth2/authorize?${query}`;
}

/** What people of this pool sign in with. */
export function nameLabel(pool: UserPoolType): string {
  const [email, phone] = [signsInWith(pool, "email"), signsInWith(pool, "phone_number")];
  if (email && phone) return "Email address or phone number";
  if (email) return "Email address";
  return phone ? "Phone number" : "User name";
}

async function signIn(at: HostedPage): Promise<HostedAnswer> {
  const { context } = at;
  const parameters = { USERNAME: at.typed("username"), PASSWORD: at.typed("password") };
  const password = parameter(parameters, "PASSWORD");
  const user = await admitWithPassword({ context, parameters, metadata: undefined }, password);
  try {
    checkStatus(user);
  } catch (error) {
    if (!isException(error, "UserNotConfirmedException")) throw error;
    return confirmPage(at, { notice: "Your account is not confirmed yet. Type the code that you were sent." });
  }
  return user.status === "FORCE_CHANGE_PASSWORD" ? askForPassword(at, user) : afterPassword(at, user);
}

/** Somebody whom an administrator has made chooses a password, and gives the attributes that the pool still needs. */
async function askForPassword(at: HostedPage, user: User, alert?: string): Promise<HostedAnswer> {
  const { Session = "" } = await askForNewPassword(at.context, user);
  const missing = missingAttributes(at.context.pool, user.attributes);
  return at.show({
    title: "Choose a new password",
    alert,
    body: (protection) =>
      form(
        at.to("login"),
        [
          protection,
          hidden("session", Session),
          hidden("username", user.username),
          field({ name: "new_password", label: "New password", type: "password", autocomplete: "new-password" }),
          ...missing.map((name) => attributeField(name, at.typed(`userAttributes.${name}`))),
        ],
        "Set the password",
      ),
  });
}

async function newPassword(at: HostedPage): Promise<HostedAnswer> {
  const attributes = [...at.request.form].filter(([name]) => name.startsWith("userAttributes."));
  const user = await replaceTemporaryPassword({
    context: at.context,
    parameters: {
      ...Object.fromEntries(attributes),
      USERNAME: at.typed("username"),
      NEW_PASSWORD: at.typed("new_password"),
    },
    session: at.typed("session"),
    metadata: undefined,
  });
  return afterPassword(at, user);
}
