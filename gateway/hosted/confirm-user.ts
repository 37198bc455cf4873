import { confirmSignUp, resendConfirmationCode } from "../operations/confirm-sign-up";
import { findUserOrSub } from "../users/user-store";
import { type HostedAnswer, redirect } from "./exchange";
import { type HostedPage, hostedPage } from "./hosted-page";
import { field, form, hidden } from "./html";

/** Confirms somebody who has signed up, or sends the code again. */
export const confirmUser = hostedPage({ show: confirmPage, submit });

/** The page that asks for the code. The name is in the form, and never in an address. */
export function confirmPage(at: HostedPage, messages: { alert?: string; notice?: string }): HostedAnswer {
  const username = at.typed("username");
  return at.show({
    title: "Confirm your account",
    ...messages,
    body: (protection) =>
      form(
        at.to("confirmUser"),
        [
          protection,
          hidden("username", username),
          field({ name: "code", label: "Code", autocomplete: "one-time-code", isCode: true }),
        ],
        "Confirm",
      ) +
      form(
        at.to("confirmUser"),
        [protection, hidden("username", username), hidden("resend", "yes")],
        "Send the code again",
      ),
  });
}

async function submit(at: HostedPage): Promise<HostedAnswer> {
  const { context } = at;
  const Username = at.typed("username");
  const user = findUserOrSub(context, Username);
  const input = { ClientId: context.clientId, Username };
  if (at.typed("resend")) {
    await resendConfirmationCode(context, user, input);
    return confirmPage(at, { notice: "The code is on its way." });
  }
  await confirmSignUp(context, user, { ...input, ConfirmationCode: at.typed("code") });
  return redirect(at.to("login"));
}
