// What the clients in JavaScript share: who walks, and how a step is printed.

/** @param {string} name */
const variable = (name) => process.env[name] ?? "";

export const NAME = variable("WALK_NAME");
export const [ENDPOINT, POOL, CLIENT] = ["AWS_ENDPOINT_URL", "WALK_POOL", "WALK_CLIENT"].map(variable);
export const PASSWORD = "first password of the walk";
export const CHANGED = "second password of the walk";
export const RESET = "third password of the walk";

/** @param {string} path @param {Record<string, string>} parameters */
async function ask(path, parameters) {
  const answer = await fetch(`${variable("WALK_PERSON")}/${path}?${new URLSearchParams(parameters)}`);
  return answer.text();
}

/** The code of the next mail. */
export const mailedCode = () => ask("mail", { to: NAME });

/** A code of the authenticator app that was not used yet. @param {string} secret */
export const appCode = (secret) => ask("app", { secret });

/** A code that the app does not show. @param {string} secret */
export const wrongCode = (secret) => ask("wrong", { secret });

/** @param {string} step @param {string} did @param {string} [message] */
const print = (step, did, message) => console.log(JSON.stringify({ step, did, message }));

/**
 * Does a step, and prints "ok" or the name of its error.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} run
 * @returns {Promise<T | undefined>} what the step returned
 */
export async function step(name, run) {
  try {
    const result = await run();
    print(name, "ok");
    return result;
  } catch (error) {
    print(name, error.name, error.message);
  }
}

/**
 * Does a step, and prints the value that it returned, or the name of its error.
 * @param {string} name
 * @param {() => Promise<string>} run
 */
export async function read(name, run) {
  try {
    print(name, await run());
  } catch (error) {
    print(name, error.name, error.message);
  }
}
