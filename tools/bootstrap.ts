import { SettingsError } from "../lib/checked-settings";
import type { Environment } from "../lib/environments";
import { checkAllLocks } from "../lib/locks";
import { newApp } from "../lib/new-app";
import { buildStacks } from "../lib/stacks";
import { requireTerraform } from "../local/prerequisites";
import { Interrupted, Problem } from "../local/problem";
import { stopRequests } from "../local/stop-requests";
import { parseArguments } from "./arguments";
import { bootstrap, NobodyToAsk, unlock } from "./bootstrap/bootstrap";
import { connectionSentence } from "./connection-errors";
import { environmentNamed } from "./environment-named";

const HELP = `Bootstrap: what an environment needs before its first deployment (docs/deploying.md)

  npm run bootstrap -- --environment <name> [--yes]
      Make the buckets of Terraform's state and of the functions' code, or take over what exists of them. The state of
      that is in the same bucket. It says what it will do, and asks. It can be run again, by anybody, on any machine: a
      state that is lost or damaged is made again from what exists.
  npm run bootstrap -- --environment <name> --unlock <id>
      Give back the lock on that state, after a run that was killed.

  --yes     Do not ask
  --help    Print this

  Exit codes: 0 done, or nothing to do; 1 AWS or Terraform failed, or you did not agree; 2 wrong arguments, or nobody
  to ask; 130 stopped by you.`;

/** Wrong arguments. */
class UsageError extends Error {}

const usage = (sentence: string) => new UsageError(`${sentence}; npm run bootstrap -- --help says more.`);

const options = {
  environment: { type: "string" },
  yes: { type: "boolean", default: false },
  unlock: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** The environment, if it is one for a bootstrap, and all stacks are as they are locked. */
function environmentToBootstrap(name: string | undefined): Environment {
  const environment = environmentNamed(name, usage);
  if (environment.stage === "local") throw usage(`${environment.name} needs no bootstrap: npm run local deploys it`);
  delete process.env.ENVIRONMENT;
  checkAllLocks(buildStacks(newApp()));
  return environment;
}

/** Runs the command of the arguments, and returns the exit code. */
export async function run(
  args: string[],
  environmentOf = environmentToBootstrap,
  stop = stopRequests().signal,
): Promise<number> {
  let environment: Environment | undefined;
  try {
    const { help, yes, unlock: lock, environment: name } = parseArguments({ args, options }, usage).values;
    if (help) {
      console.log(HELP);
      return 0;
    }
    environment = environmentOf(name);
    if (lock !== undefined) {
      await unlock(environment, lock);
      return 0;
    }
    requireTerraform();
    if (await bootstrap(environment, { yes, stop })) return 0;
    console.log("Nothing was done.");
    return 1;
  } catch (error) {
    console.error(environment ? sentenceOf(error, environment) : ownMessage(error));
    if (error instanceof Interrupted) return error.exitCode;
    return [UsageError, SettingsError, NobodyToAsk].some((kind) => error instanceof kind) ? 2 : 1;
  }
}

/** The message of an error that was made for the person; else the error itself. */
function ownMessage(error: unknown): unknown {
  const kinds = [UsageError, SettingsError, NobodyToAsk, Problem, Interrupted];
  return error instanceof Error && kinds.some((kind) => error instanceof kind) ? error.message : error;
}

function sentenceOf(error: unknown, environment: Environment): unknown {
  const sentence = connectionSentence(error, environment);
  if (sentence) return sentence;
  // The SDK's errors have this property.
  const isAnswer = error instanceof Error && "$metadata" in error;
  return isAnswer ? `AWS refused with ${error.name}: ${error.message}` : ownMessage(error);
}

if (require.main === module) {
  // The SDK's warning about the version of Node does not help the person who runs this command.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
