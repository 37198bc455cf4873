/** The kinds of characters that a pool can ask a password for. */
export const PASSWORD_CHARACTERS = ["lowercase", "uppercase", "numbers", "symbols"] as const;

/** What a stack gives out of one of its pools: where it is, and what leads people through it. */
export interface PoolOutput {
  readonly userPoolId: string;
  /** The pool's app client; its id is no secret. */
  readonly clientId: string;
  /** What people sign in with: their email address, a user name, or either a user name or an address of theirs. */
  readonly signIn: "email" | "username" | "username-or-alias";
  /** What people may give at sign-up and prove to be theirs with a code: by mail, or by text message. */
  readonly verifies: readonly ("email" | "phone_number")[];
  /** Whether everybody may sign in right after the sign-up, without a code. */
  readonly confirmsAtOnce: boolean;
  /** Whether a code replaces a forgotten password for everybody who has given what the pool verifies. */
  readonly recovers: boolean;
  /** Whether it refuses whatever could lead back to a person. */
  readonly anonymous: boolean;
  /** How people may sign in: by SRP, by sending the password, by custom challenges. */
  readonly authFlows: readonly ("srp" | "password" | "custom")[];
  /** Whether a code by mail signs people in instead of a password. */
  readonly oneTimeCode: boolean;
  /** The least number of characters of a password. */
  readonly passwordLength: number;
  /**
   * The kinds of characters that a password must have.
   * @default none
   */
  readonly passwordNeeds?: readonly (typeof PASSWORD_CHARACTERS)[number][];
  /**
   * Whether people can sign themselves up.
   * @default true
   */
  readonly selfSignUp?: boolean;
  /**
   * Whether people may or must have an authenticator app as a second factor.
   * @default none
   */
  readonly secondFactor?: "optional" | "required";
  /**
   * The base address of the pool's hosted sign-in, as `https://<domain>`. The local cloud says its own.
   * @default the pool has no identity providers
   */
  readonly hosted?: string;
  /**
   * The names of the pool's identity providers, as Cognito has them.
   * @default none
   */
  readonly providers?: readonly string[];
}

/** The outputs of a stack that has pools. */
export interface StackOutputs {
  readonly pools: Readonly<Record<string, PoolOutput>>;
  /** The names of the pools in the stack's order, since Terraform sorts the keys of an object. */
  readonly poolNames: readonly string[];
}

/** A pool in the page's settings. The outputs say all of it; whoever writes it by hand may leave something out. */
export interface PoolConfig {
  readonly userPoolId: PoolOutput["userPoolId"];
  readonly clientId: PoolOutput["clientId"];
  readonly signIn: PoolOutput["signIn"];
  /** @default the email address, but nothing where people sign in with a user name */
  readonly verifies?: PoolOutput["verifies"];
  /** @default false: the answer to a sign-up says it */
  readonly confirmsAtOnce?: boolean;
  /** @default true */
  readonly recovers?: boolean;
  /** @default false */
  readonly anonymous?: boolean;
  /** @default SRP alone */
  readonly authFlows?: PoolOutput["authFlows"];
  /** @default false */
  readonly oneTimeCode?: boolean;
  /** @default the form does not say it beforehand */
  readonly passwordLength?: number;
  /** @default none */
  readonly passwordNeeds?: PoolOutput["passwordNeeds"];
  /** @default true */
  readonly selfSignUp?: boolean;
  /** @default none */
  readonly secondFactor?: PoolOutput["secondFactor"];
  /** @default none */
  readonly hosted?: PoolOutput["hosted"];
  /**
   * The page offers them. They need `hosted`.
   * @default none
   */
  readonly providers?: PoolOutput["providers"];
}

/** What `config.json`, beside the page, says. */
export interface PageConfig {
  /** The pools' Region. */
  readonly region: string;
  /** The pools by name, in the order in which the page shows them. */
  readonly pools: Readonly<Record<string, PoolConfig>>;
  /**
   * Where Cognito answers.
   * @default AWS, in the Region
   */
  readonly endpoint?: string;
  /** The local cloud's mails, for people to read; only there. */
  readonly mailbox?: string;
  /** The local cloud's log of triggers, as JSON; only there. */
  readonly triggers?: string;
}
