import { settlingTime } from "./client-index";

/**
 * What the emulator has answered about pools and app clients, kept until a request may change it. Nearly every request
 * needs both, and to ask for them costs more than the rest of the request.
 */
export class KeptAnswers {
  private readonly answers = new Map<string, Promise<unknown>>();
  private unsettledUntil = 0;

  /** The answer that is kept, or the one that `ask` gives now. An answer of undefined is not kept. */
  get<T>(about: string, ask: () => Promise<T>): Promise<T> {
    if (Date.now() < this.unsettledUntil) return ask();
    const kept = this.answers.get(about);
    if (kept) return kept as Promise<T>;
    const asked = ask();
    this.answers.set(about, asked);
    const forget = () => {
      if (this.answers.get(about) === asked) this.answers.delete(about);
    };
    asked.then((answer) => answer === undefined && forget(), forget);
    return asked;
  }

  /** Forgets all answers, also those on their way: they may be from before a change. */
  forget(): void {
    this.answers.clear();
  }

  /** Keeps nothing for a while, because something may change in another way than by the requests that pass. */
  outdate(): void {
    this.forget();
    this.unsettledUntil = Date.now() + settlingTime;
  }
}
