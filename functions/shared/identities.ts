/** Somebody at an identity provider, as whom a user signs in. */
export interface Identity {
  readonly providerName: string;
  /** The provider's own name for the person. */
  readonly userId: string;
  /** Whether the first sign-in there has made the user. */
  readonly primary: boolean;
}

/** The identities in the attribute `identities`: a text of JSON, which Cognito writes and no request can. */
export function identitiesIn(text = "[]"): Identity[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((one) => one?.providerName).map(identityOf) : [];
  } catch {
    return [];
  }
}

const identityOf = ({ providerName, userId, primary }: Record<keyof Identity, unknown>): Identity => ({
  providerName: String(providerName),
  userId: String(userId ?? ""),
  primary: String(primary) === "true",
});
