/** A person at another identity provider, as whom this user signs in. The members are Cognito's. */
export interface Identity {
  /** The provider's own name for the person, its `sub`. */
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: null;
  /** Whether the user was made by this identity. An identity that was linked later is not primary. */
  readonly primary: boolean;
  /** In milliseconds. */
  readonly dateCreated: number;
}

/** The attribute `identities`, which is a text. */
export const identitiesText = (identities: readonly Identity[]) => JSON.stringify(identities);

/** The claim `identities`, in which every value is a text. */
export const identitiesClaim = (text: string) =>
  (JSON.parse(text) as Identity[]).map(({ primary, dateCreated, ...identity }) => ({
    ...identity,
    primary: String(primary),
    dateCreated: String(dateCreated),
  }));

/** Whether the user was made by a sign-in through another provider. Such a user has no name to sign in with here. */
export const isFederated = ({ identities = [] }: { readonly identities?: readonly Identity[] }) =>
  identities.some(({ primary }) => primary);
