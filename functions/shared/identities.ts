/** Somebody at an identity provider, as whom a user signs in. */
export interface Identity {
  readonly providerName: string;
  /** The provider's own name for the person. */
  readonly userId: string;
}

/** The identities in the attribute `identities`: a text of JSON, which Cognito writes and no request can. */
export function identitiesIn(text = "[]"): Identity[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isIdentity) : [];
  } catch {
    return [];
  }
}

const isIdentity = (one: Partial<Identity> | null | undefined): one is Identity =>
  typeof one?.providerName === "string" && typeof one.userId === "string";
