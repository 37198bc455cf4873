import { z } from "zod";
import { settingsObject } from "../functions/shared/settings-object";

const CERTIFICATE = "must be the ARN of a certificate of ACM in us-east-1, where Cognito looks for it in every Region";

/**
 * A domain of your own for the hosted sign-in pages.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html
 */
export const customDomainSchema = () =>
  settingsObject({
    /** The domain, such as `auth.example.org`. The domain above it must have an address in DNS (an A record). */
    name: z
      .string()
      .max(63)
      .regex(
        /^(?!.*\.amazoncognito\.com$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.){2,}([a-z]{2,}|xn--[a-z0-9-]+)$/,
        "must be a domain below one of your own, in lower-case letters, digits, hyphens and dots, such as auth.example.org",
      ),
    certificateArn: z
      .string({ error: CERTIFICATE })
      .regex(/^arn:aws:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, CERTIFICATE),
  });

/** Whether a domain is one of your own: one of Cognito's is a prefix, without a dot. */
export const isOwnDomain = (domain: string) => domain.includes(".");

/** The pages of managed login (version 2) instead of the classic hosted pages. */
export const managedLoginSchema = () =>
  settingsObject({
    /** Says that you have made a branding style for the app client. Terraform's provider 5.100 cannot make one. */
    branded: z.literal(true, {
      error:
        "must be true, once you have made a branding style for the app client (aws cognito-idp create-managed-login-branding): without one, managed login shows no pages",
    }),
  });

export interface DomainSettings {
  readonly customDomain?: z.output<ReturnType<typeof customDomainSchema>>;
  readonly managedLogin?: z.output<ReturnType<typeof managedLoginSchema>>;
}
