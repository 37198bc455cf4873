import { parseArgs } from "node:util";
import { type Cloud, withCloud } from "./cloud";
import { Cdktf, deployedPools, wasDeployed } from "./deploy";
import { leftovers } from "./leftovers";
import { lockHolder } from "./lock";
import { outputsOf, publish, publishedEnvironment, summary } from "./outputs";
import { buildPage, configOf, pageAt, servePage } from "./page";
import { explained, Interrupted, Problem } from "./problem";
import { rememberStates } from "./rollback";
import { clearScratch, prepareScratch, scratch } from "./scratch";
import { IDENTITY_STACK, readSettings, STATE_STACK } from "./settings";
import { stopRequests } from "./stop-requests";

const HELP = `The stacks of this project on a local AWS, on this machine.

  npm run local              start it, deploy the stacks, keep it running until Ctrl-C
  npm run local -- --fresh   the same, from nothing: forgets the users and the deployed stacks
  npm run diff:local         what a deployment would change in the one that runs
  npm run destroy:local      destroy the stacks, and forget everything

Environment variables
  LOCAL_PORT                 the port that everything is reached at (4566)
  LOCAL_WEB_PORT             the port of the page (5173)
  LOCAL_DIR                  where it keeps everything; another folder is another cloud (.local)

Its logs are in .local/logs/.`;

/** Deploys the stacks to the local cloud and keeps it running. */
async function start(stop: AbortController, fresh: boolean): Promise<void> {
  await withCloud({ fresh, stop, withPage: true }, async (cloud) => {
    console.log("Deploying (about a minute the first time) ...");
    rememberStates();
    // The page is built meanwhile: that takes a second or two.
    await Promise.all([deployAll(cloud), buildPage(stop.signal)]);
    const { webPort } = readSettings(process.env);
    const outputs = outputsOf(cloud.endpoint, pageAt(webPort), deployedPools());
    const closePage = await servePage(webPort, configOf(outputs));
    try {
      publish(outputs, cloud.env);
      console.log(summary(outputs));
      await stopped(stop.signal);
    } finally {
      await closePage();
    }
  });
}

async function deployAll({ cdktf, emulator }: Cloud): Promise<void> {
  await cdktf.deploy(STATE_STACK);
  await cdktf.deploy(IDENTITY_STACK);
  emulator.save();
}

/** Shows what a deployment would change in the running local cloud. */
async function diff(stop: AbortController): Promise<void> {
  prepareScratch();
  const env = publishedEnvironment();
  if (!env || lockHolder(scratch("lock")) === undefined) {
    throw new Problem('There is nothing to compare with: start it first, with "npm run local".');
  }
  const cdktf = new Cdktf(env, stop.signal);
  for (const stack of [STATE_STACK, IDENTITY_STACK]) {
    console.log(`${stack}\n\n${await cdktf.diff(stack)}\n`);
  }
}

/** Destroys what was deployed, shows that nothing is left, and forgets the rest. */
async function destroy(stop: AbortController): Promise<void> {
  prepareScratch();
  if (!wasDeployed()) {
    console.log("Nothing is deployed here.");
    return;
  }
  await withCloud({ fresh: false, stop }, async ({ cdktf, remoteState, endpoint }) => {
    console.log("Destroying ...");
    if (await remoteState.hasBucket()) await cdktf.destroy(IDENTITY_STACK);
    await cdktf.destroy(STATE_STACK);
    const left = await leftovers(endpoint);
    if (left.length > 0) {
      throw new Problem(
        `The stacks are destroyed, but left: ${left.join(", ")}; "npm run local -- --fresh" forgets them.`,
      );
    }
  });
  clearScratch();
  console.log("Nothing is left: no pool, function, role, table, log group or bucket.");
}

/** Waits until it is asked to stop, or something that it needs has ended. */
async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve));
  if (!(stop.reason instanceof Interrupted)) throw stop.reason;
}

/** What the command line asks for. */
function command(args: string[]): (stop: AbortController) => Promise<void> | void {
  const options = { fresh: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return () => console.log(HELP);
    const [verb = "start", ...more] = positionals;
    if (more.length === 0 && verb === "start") return (stop) => start(stop, values.fresh ?? false);
    if (more.length === 0 && !values.fresh && verb === "diff") return diff;
    if (more.length === 0 && !values.fresh && verb === "destroy") return destroy;
  } catch {
    // Said below, for every mistake alike.
  }
  throw new Problem(`There is no "npm run local -- ${args.join(" ")}".\n\n${HELP}`);
}

async function main(): Promise<void> {
  const stop = stopRequests();
  try {
    await command(process.argv.slice(2))(stop);
  } catch (cause) {
    const error = explained(cause);
    console.error(error instanceof Problem || error instanceof Interrupted ? error.message : error);
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
  }
}

void main();
