import { ServiceError } from "./service";
import { signedPost } from "./signed-post";

export interface Mail {
  /** The sender: an address of a verified SES identity, or a name with it. */
  readonly from: string;
  readonly to: string;
  /**
   * The address that answers go to.
   * @default none: the sender's
   */
  readonly replyTo?: string;
  readonly subject: string;
  readonly html: string;
}

/**
 * Sends a mail through SES: once, within the deadline.
 * @throws ServiceError with the service's code for its name, or a TimeoutError
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export async function sendMail({ from, to, replyTo, subject, html }: Mail): Promise<void> {
  const text = (Data: string) => ({ Data, Charset: "UTF-8" });
  const { status, header } = await signedPost({
    service: "ses",
    host: "email",
    path: "/v2/email/outbound-emails",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      FromEmailAddress: from,
      Destination: { ToAddresses: [to] },
      ...(replyTo && { ReplyToAddresses: [replyTo] }),
      Content: { Simple: { Subject: text(subject), Body: { Html: text(html) } } },
    }),
  });
  if (status === 200) return;
  const code = header("x-amzn-errortype") ?? String(status);
  // Some of AWS's services write an address behind the code.
  throw new ServiceError("SES SendEmail", code.replace(/:.*$/, ""));
}
