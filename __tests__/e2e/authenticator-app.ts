import { timedCode } from "../gateway/authenticator";
import { used } from "./used-values";

const step = 30_000;

/** An authenticator app. Each code that it gives is a new one: the gateway takes those of the steps around this one, too. */
export class AuthenticatorApp {
  private last = 0;

  constructor(readonly secret: string) {
    used(secret);
  }

  async code(): Promise<string> {
    const now = () => Math.floor(Date.now() / step);
    const next = Math.max(this.last + 1, now() - 1);
    while (next > now() + 1) await new Promise((resolve) => setTimeout(resolve, 500));
    this.last = next;
    return used(timedCode(this.secret, next * step));
  }
}
