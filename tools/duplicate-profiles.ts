import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { identitiesIn } from "../functions/shared/identities";
import { normalAddress, normalName } from "../functions/shared/names";

/** One profile of a pool, as far as it tells whether two are one person. */
export interface Profile {
  readonly userName: string;
  readonly sub: string;
  /** Cognito's status, such as `CONFIRMED` or `EXTERNAL_PROVIDER`. */
  readonly status: string;
  readonly enabled: boolean;
  /** The address as it is written in the profile. */
  readonly email: string;
  readonly verified: boolean;
  /** The ways in: `password`, and the names of identity providers. */
  readonly doors: readonly string[];
  readonly created?: string;
}

/** An address that several profiles of a pool have. */
export interface Duplicate {
  /** The address in its normal spelling. */
  readonly address: string;
  readonly profiles: readonly Profile[];
}

/**
 * Collects the profiles of a pool by their address. Two spellings of one address count as one, as in the block list.
 * Every profile with an address stays in memory, because its double may come last.
 */
export class Duplicates {
  private readonly byAddress = new Map<string, Profile[]>();
  /** How many profiles there were, also without an address. */
  profiles = 0;

  add(user: UserType): void {
    this.profiles += 1;
    const profile = profileOf(user);
    if (!profile.email) return;
    const address = normalAddress(profile.email) ?? normalName(profile.email);
    const same = this.byAddress.get(address);
    if (same) same.push(profile);
    else this.byAddress.set(address, [profile]);
  }

  /** The addresses that more than one profile has, in order. */
  found(): Duplicate[] {
    return [...this.byAddress]
      .filter(([, profiles]) => profiles.length > 1)
      .map(([address, profiles]) => ({ address, profiles }))
      .sort((one, other) => (one.address < other.address ? -1 : 1));
  }
}

function profileOf({ Username = "", UserStatus, Enabled, UserCreateDate, Attributes = [] }: UserType): Profile {
  const attributes = new Map(Attributes.map(({ Name = "", Value = "" }) => [Name, Value]));
  const providers = identitiesIn(attributes.get("identities")).map(({ providerName }) => providerName);
  return {
    userName: Username,
    sub: attributes.get("sub") ?? "",
    status: UserStatus ?? "",
    enabled: Enabled ?? true,
    email: attributes.get("email") ?? "",
    // As the triggers read it: Cognito sometimes writes `True`.
    verified: attributes.get("email_verified")?.trim().toLowerCase() === "true",
    doors: [...(UserStatus === "EXTERNAL_PROVIDER" ? [] : ["password"]), ...providers],
    ...(UserCreateDate && { created: UserCreateDate.toISOString() }),
  };
}
