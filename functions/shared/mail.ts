import { addressParts } from "./domains";
import { AddressRefused, ServiceError } from "./service";
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

const ASCII = /^[!-~]+$/;

// No service refuses such an address for how it is written. So if SES does, something else is wrong.
// The lengths are those of RFC 5321.
const ORDINARY =
  /^(?=[^@]{1,64}@.{1,253}$)[\w+-]+(?:\.[\w+-]+)*@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z\d-]{2,63}$/i;

/**
 * Sends a mail through SES: once, within the deadline.
 * @throws AddressRefused when SES takes no such address
 * @throws ServiceError with the service's code for its name, or a TimeoutError
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export async function sendMail({ from, to, replyTo, subject, html }: Mail): Promise<void> {
  const address = inAscii(to);
  if (!address) throw new AddressRefused("SES SendEmail", "NotAscii");
  const text = (Data: string) => ({ Data, Charset: "UTF-8" });
  const { status, header } = await signedPost({
    service: "ses",
    host: "email",
    path: "/v2/email/outbound-emails",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      FromEmailAddress: from,
      Destination: { ToAddresses: [address] },
      ...(replyTo && { ReplyToAddresses: [replyTo] }),
      Content: { Simple: { Subject: text(subject), Body: { Html: text(html) } } },
    }),
  });
  if (status === 200) return;
  // Some of AWS's services write an address behind the code.
  const code = (header("x-amzn-errortype") ?? String(status)).replace(/:.*$/, "");
  const isOfAddress = code === "BadRequestException" && !ORDINARY.test(address);
  throw new (isOfAddress ? AddressRefused : ServiceError)("SES SendEmail", code);
}

/**
 * The address in ASCII, which is all that SES takes: the domain as punycode.
 * @returns undefined where the part before the `@` has other letters
 * @see https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html
 */
function inAscii(address: string): string | undefined {
  if (ASCII.test(address)) return address;
  const { local, domain } = addressParts(address) ?? {};
  return local && ASCII.test(local) ? `${local}@${domain}` : undefined;
}
