import { UnusedCodes } from "../gateway/authenticator";
import { used } from "./used-values";

/** An authenticator app whose secret and codes no log may hold. */
export class AuthenticatorApp {
  private readonly codes: UnusedCodes;

  constructor(readonly secret: string) {
    this.codes = new UnusedCodes(used(secret));
  }

  /** A code that was not given before. */
  async code(): Promise<string> {
    return used(await this.codes.next());
  }
}
