/** A call of the AWS SDK, such as `ListUsers` with its input. */
export interface Call {
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/** A client of the SDK, whose commands all go through `send`. */
interface Client {
  readonly prototype: object;
}

/**
 * Answers in the place of AWS, for these clients. An answer is a value, an error, or a function of the input that gives
 * or throws one; what has none is answered by nothing.
 * @returns the calls since the last test began, and the answers, which are empty then
 */
export function fakeSdk(...clients: readonly Client[]) {
  const calls: Call[] = [];
  const answers: Record<string, unknown> = {};
  beforeEach(() => {
    calls.length = 0;
    for (const name of Object.keys(answers)) delete answers[name];
    for (const { prototype } of clients) {
      jest.spyOn(prototype as { send: (command: object) => unknown }, "send").mockImplementation(async (command) => {
        const { input } = command as Call;
        const operation = command.constructor.name.replace("Command", "");
        calls.push({ operation, input });
        const planned = answers[operation];
        const answer = typeof planned === "function" ? planned(input) : planned;
        if (answer instanceof Error) throw answer;
        return answer ?? {};
      });
    }
  });
  afterEach(() => jest.restoreAllMocks());
  return { calls, answers };
}

/** A command, which then gives its exit code and what it printed. */
export const printedBy =
  (run: (args: string[]) => Promise<number>) =>
  async (...args: string[]) => {
    const out = jest.spyOn(console, "log").mockImplementation();
    const err = jest.spyOn(console, "error").mockImplementation();
    for (const spy of [out, err]) spy.mockClear();
    const code = await run(args);
    const text = (spy: jest.SpyInstance) => spy.mock.calls.map(([line]) => line).join("\n");
    return { code, out: text(out), err: text(err) };
  };
