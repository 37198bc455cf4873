/** A token's claims by name. */
export type Claims = Readonly<Record<string, unknown>>;

/** The user who is signed in, by the claims of the tokens. Amplify stores the tokens themselves. */
export interface Session {
  readonly userName: string;
  readonly email?: string;
  readonly groups: readonly string[];
  /** The identity providers that sign this person in. */
  readonly providers: readonly string[];
  /** When the access token expires. */
  readonly expires: Date;
  readonly idClaims: Claims;
  readonly accessClaims: Claims;
  /**
   * Whether a sign-in asks for the code of an authenticator app.
   * @default the pool has no second factor
   */
  readonly usesApp?: boolean;
}

/** Reads the claims of the two tokens; an ID token may be missing. */
export function sessionOf(accessClaims: Claims, idClaims: Claims = {}): Session {
  const groups = accessClaims["cognito:groups"];
  return {
    userName: String(accessClaims.username ?? idClaims["cognito:username"] ?? accessClaims.sub ?? ""),
    email: typeof idClaims.email === "string" ? idClaims.email : undefined,
    groups: Array.isArray(groups) ? groups.map(String) : [],
    providers: providersOf(idClaims),
    expires: new Date(Number(accessClaims.exp ?? 0) * 1000),
    idClaims,
    accessClaims,
  };
}

/** Cognito writes them as a list of objects. */
function providersOf({ identities }: Claims): string[] {
  const all: unknown[] = Array.isArray(identities) ? identities : [];
  return all
    .map((identity) => String((identity as { providerName?: unknown } | null)?.providerName ?? ""))
    .filter(Boolean);
}
