/** A token's claims, as they are in it. */
export type Claims = Readonly<Record<string, unknown>>;

/** Who is signed in, as the tokens say; the tokens themselves stay where Amplify keeps them. */
export interface Session {
  readonly userName: string;
  readonly email?: string;
  readonly groups: readonly string[];
  /** When the access token ends, after which a new one is needed. */
  readonly expires: Date;
  readonly idClaims: Claims;
  readonly accessClaims: Claims;
}

/** Reads the claims of the two tokens; an ID token may be missing. */
export function sessionOf(accessClaims: Claims, idClaims: Claims = {}): Session {
  const groups = accessClaims["cognito:groups"];
  return {
    userName: String(accessClaims.username ?? idClaims["cognito:username"] ?? accessClaims.sub ?? ""),
    email: typeof idClaims.email === "string" ? idClaims.email : undefined,
    groups: Array.isArray(groups) ? groups.map(String) : [],
    expires: new Date(Number(accessClaims.exp ?? 0) * 1000),
    idClaims,
    accessClaims,
  };
}
