import type { PasswordPolicyType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { constraint, exception } from "../exceptions";

/**
 * Checks a password against the pool's policy, or else against Cognito's default policy.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
export function checkPassword(pool: UserPoolType, password: string): void {
  const policy: PasswordPolicyType = pool.Policies?.PasswordPolicy ?? {
    MinimumLength: 8,
    RequireLowercase: true,
    RequireUppercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
  };
  if (password.length > 256) throw constraint("password", "have length less than or equal to 256");
  if (password !== "" && !/^\S+.*\S+$/.test(password))
    throw constraint("password", "satisfy regular expression pattern: ^[\\S]+.*[\\S]+$");
  const rules: [broken: boolean | undefined, text: string][] = [
    [password.length < (policy.MinimumLength ?? 8), "Password not long enough"],
    [policy.RequireLowercase && !/[a-z]/.test(password), "Password must have lowercase characters"],
    [policy.RequireUppercase && !/[A-Z]/.test(password), "Password must have uppercase characters"],
    [policy.RequireNumbers && !/\d/.test(password), "Password must have numeric characters"],
    [policy.RequireSymbols && !symbols.test(password), "Password must have symbol characters"],
  ];
  const [, text] = rules.find(([broken]) => broken) ?? [];
  if (text) throw exception("InvalidPasswordException", `Password did not conform with policy: ${text}`);
}

/** The symbols that AWS counts. A space counts too, but not as the first or the last character. */
const symbols = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** When a temporary password that is set now expires. */
export const temporaryPasswordExpiry = (pool: UserPoolType) =>
  Date.now() + (pool.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7) * 86_400_000;
