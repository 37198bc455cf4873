import { z } from "zod";
import { normalDomain } from "../functions/shared/domains";
import { settingsObject } from "../functions/shared/settings-object";
import { SettingsError } from "./checked-settings";

/**
 * An address without quotes. What is before the @ has 64 characters at most, none of the signs that need quotes, and no
 * dot at its ends or beside another one (RFC 5321). The domain has a dot.
 */
const ADDRESS = "(?!\\.)(?!\\S*\\.[.@])[\\w!#$%&'*+\\-/=?^`{|}~.]{1,64}@(\\w([\\w-]*\\w)?\\.)+\\w[\\w-]*\\w";
/** A name is unquoted if it has no sign that separates addresses. */
const NAME = '[\\w !#$%&\'*+\\-/=?^`{|}~.]*|"[^"\\\\<>@]*" ?';

/** The sender of an environment's mails. */
export const mailSchema = () =>
  z.discriminatedUnion(
    "sender",
    [
      /** Cognito's own sender: no set-up, and a few dozen mails a day. */
      settingsObject({ sender: z.literal("cognito") }),
      /** Your SES identity, in a Region that Cognito can send from. */
      settingsObject({
        sender: z.literal("ses"),
        identityArn: z
          .string({ error: "must be the ARN of an SES identity" })
          .regex(/^arn:aws:ses:[\w-]+:\d{12}:identity\/.+$/, "must be the ARN of an SES identity"),
        from: z
          .string()
          .regex(
            /^[ -~]*$/,
            "must be ASCII, because SES takes other letters only encoded: =?UTF-8?B?…?= <us@example.com>",
          )
          .regex(
            new RegExp(`^([^<>@]*<${ADDRESS}>|${ADDRESS})$`),
            "must be an address, or a name with an address: Us <us@example.com>",
          )
          .regex(
            new RegExp(`^((${NAME})<${ADDRESS}>|${ADDRESS})$`),
            'must have double quotes around a name with such signs: "Us, Inc." <us@example.com>',
          ),
        /**
         * The address that answers go to.
         * @default none: the address of `from`
         */
        replyTo: z
          .string()
          .regex(/^[ -~]*$/, "must be ASCII")
          .regex(new RegExp(`^${ADDRESS}$`), "must be an address without a name: help@example.com")
          .optional(),
      }),
    ],
    { error: 'must be { sender: "cognito" } or { sender: "ses", identityArn, from }' },
  );

export type Mail = z.output<ReturnType<typeof mailSchema>>;

/** The address in `mail.from`, which may have a name before it. */
export const addressOf = (from: string) => /<(.+)>$/.exec(from)?.[1] ?? from;

/**
 * The Regions whose SES identities pools of some other Regions may use too.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html#user-pool-email-developer-region-mapping
 */
const SES_OF_OTHERS = ["us-east-1", "us-west-2", "eu-west-1"];

/** @throws SettingsError when Cognito cannot send mails of this account and Region from the SES identity */
export function checkMail(mail: Mail, { account, region }: { account: string; region: string }, where: string): void {
  if (mail.sender !== "ses") return;
  const { identityArn, from } = mail;
  const [, , , identityRegion = "", identityAccount] = identityArn.split(":");
  if (identityAccount !== account) {
    throw new SettingsError(
      `${where}.identityArn is "${identityArn}", but Cognito takes an SES identity of its own account ${account} alone.`,
    );
  }
  if (identityRegion !== region && !SES_OF_OTHERS.includes(identityRegion)) {
    throw new SettingsError(
      `${where}.identityArn is "${identityArn}", but pools of ${region} can use an SES identity of ${[region, ...SES_OF_OTHERS.filter((other) => other !== region)].join(", ")} alone.`,
    );
  }
  const identity = identityArn.slice(identityArn.indexOf("/") + 1);
  if (!isOf(addressOf(from), identity)) {
    throw new SettingsError(
      `${where}.from is "${from}", but the SES identity is "${identity}": ${identity.includes("@") ? "give that address" : `give an address of ${identity} or of a sub-domain`}.`,
    );
  }
}

/** Whether SES sends from this address with the identity: an address, with or without a label, or a domain. */
function isOf(address: string, identity: string): boolean {
  const [name, domain] = partsOf(address);
  if (!domain) return false;
  if (!identity.includes("@")) {
    const owned = normalDomain(identity);
    return owned !== undefined && (domain === owned || domain.endsWith(`.${owned}`));
  }
  const [ownedName, ownedDomain] = partsOf(identity);
  return domain === ownedDomain && (name === ownedName || name.startsWith(`${ownedName}+`));
}

function partsOf(address: string): [name: string, domain: string | undefined] {
  const at = address.lastIndexOf("@");
  return [address.slice(0, at), normalDomain(address.slice(at + 1))];
}
