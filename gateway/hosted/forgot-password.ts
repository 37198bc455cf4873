import { confirmForgotPassword, forgotPassword as startForgotPassword } from "../operations/forgot-password";
import { findUserOrSub } from "../users/user-store";
import { type HostedAnswer, redirect } from "./exchange";
import { type HostedPage, hostedPage } from "./hosted-page";
import { field, form, hidden, link } from "./html";
import { nameLabel } from "./login";

/** Sends a code for a new password. */
export const forgotPassword = hostedPage({ show: showName, submit: sendCode });

/** Sets the new password. */
export const confirmForgot = hostedPage({ show: showCode, submit: setPassword });

function showName(at: HostedPage, messages: { alert?: string }): HostedAnswer {
  const label = nameLabel(at.context.pool);
  return at.show({
    title: "Forgotten password",
    ...messages,
    body: (protection) =>
      form(
        at.to("forgotPassword"),
        [protection, field({ name: "username", label, autocomplete: "username", value: at.typed("username") })],
        "Send me a code",
      ) + link(at.to("login"), "Back to the sign-in"),
  });
}

async function sendCode(at: HostedPage): Promise<HostedAnswer> {
  const { context } = at;
  const Username = at.typed("username");
  const input = { ClientId: context.clientId, Username };
  await startForgotPassword(context, findUserOrSub(context, Username), input);
  return showCode(at, { notice: "If there is such an account, a code is on its way." });
}

function showCode(at: HostedPage, messages: { alert?: string; notice?: string }): HostedAnswer {
  return at.show({
    title: "Choose a new password",
    ...messages,
    body: (protection) =>
      form(
        at.to("confirmForgotPassword"),
        [
          protection,
          hidden("username", at.typed("username")),
          field({ name: "code", label: "Code", autocomplete: "one-time-code", isCode: true }),
          field({ name: "password", label: "New password", type: "password", autocomplete: "new-password" }),
        ],
        "Set the password",
      ),
  });
}

async function setPassword(at: HostedPage): Promise<HostedAnswer> {
  const { context } = at;
  const Username = at.typed("username");
  const input = {
    ClientId: context.clientId,
    Username,
    ConfirmationCode: at.typed("code"),
    Password: at.typed("password"),
  };
  await confirmForgotPassword(context, findUserOrSub(context, Username), input);
  return redirect(at.to("login"));
}
