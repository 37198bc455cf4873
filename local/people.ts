/** Somebody at the local identity provider. */
export interface Person {
  /** The provider's name for the person. */
  readonly sub: string;
  readonly name: string;
  readonly email: string;
  /** Whether the provider has proof that the address is the person's. */
  readonly email_verified: boolean;
}

/** The people to choose from. No password: whoever uses this machine may be any of them. */
export const PEOPLE: readonly Person[] = [
  { sub: "ada", name: "Ada", email: "ada@example.org", email_verified: true },
  { sub: "ben", name: "Ben", email: "ben@example.org", email_verified: false },
  { sub: "ada_2", name: "Somebody with Ada's address", email: "ada@example.org", email_verified: false },
  { sub: "cleo|2b/7", name: "Cleo", email: "Cleo@Example.NET", email_verified: true },
  // The environment `local` denies this domain.
  { sub: "dan", name: "Dan", email: "dan@example.com", email_verified: true },
];
