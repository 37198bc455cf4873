import { signUp } from "../operations/sign-up";
import { attributeField, attributesToAsk } from "./attribute-fields";
import { confirmPage } from "./confirm-user";
import { type HostedAnswer, redirect } from "./exchange";
import { type HostedPage, hostedPage } from "./hosted-page";
import { field, form, link } from "./html";
import { nameLabel } from "./login";

/** Signs somebody up, as the operation SignUp does. */
export const signup = hostedPage({ show, submit });

function show(at: HostedPage, messages: { alert?: string }): HostedAnswer {
  const { pool } = at.context;
  return at.show({
    title: "Sign up",
    ...messages,
    body: (protection) =>
      form(
        at.to("signup"),
        [
          protection,
          field({ name: "username", label: nameLabel(pool), autocomplete: "username", value: at.typed("username") }),
          ...attributesToAsk(pool).map((name) => attributeField(name, at.typed(`userAttributes.${name}`))),
          field({ name: "password", label: "Password", type: "password", autocomplete: "new-password" }),
        ],
        "Sign up",
      ) + link(at.to("login"), "I have an account"),
  });
}

async function submit(at: HostedPage): Promise<HostedAnswer> {
  const { context } = at;
  const { UserConfirmed } = await signUp(context, {
    ClientId: context.clientId,
    Username: at.typed("username"),
    Password: at.typed("password"),
    UserAttributes: attributesToAsk(context.pool).map((Name) => ({ Name, Value: at.typed(`userAttributes.${Name}`) })),
  });
  if (UserConfirmed) return redirect(at.to("login"));
  return confirmPage(at, { notice: "Type the code that you were sent." });
}
