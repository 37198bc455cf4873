import { parseArgs } from "node:util";
import { Cdktf, deployedPools, keepOutputs, ownState, wasDeployed } from "./deploy";
import { allExist, leftovers } from "./existing-resources";
import { withHosted } from "./hosted";
import { IDENTITY_STACK, STATE_STACK } from "./identifiers";
import { changedStacks, forgetDeployment, rememberDeployment } from "./last-deployment";
import { functionsIn, LiveCode, wasSwapped } from "./live-code";
import { clearLocalFolder, localPath, prepareLocalFolder } from "./local-folder";
import { lockHolder } from "./lock";
import { outputsOf, publish, publishedEnvironment, summary } from "./outputs";
import { buildPage, configOf, pageAt, servePage } from "./page";
import { readPorts } from "./ports";
import { explained, Interrupted, Problem } from "./problem";
import { copyStates } from "./rollback";
import { type RunningCloud, withRunningCloud } from "./running-cloud";
import { forgetCloudVariables } from "./shell-variables";
import { stopRequests } from "./stop-requests";
import { watchSources } from "./watch";

const HELP = `The stacks of this project on a local AWS, on this machine.

  npm run local              start it, deploy the stacks, and keep it running until Ctrl-C
  npm run local -- --watch   the same, and run changed handlers and deploy changed settings at once
  npm run local -- --fresh   the same as the first, after deleting the users and the deployed stacks
  npm run diff:local         show what a deployment would change, while the local AWS runs
  npm run destroy:local      destroy the stacks, and delete the users

Environment variables
  LOCAL_PORT                 the port of the local AWS (default: 4566)
  LOCAL_WEB_PORT             the port of the page (default: 5173)
  LOCAL_DIR                  the folder of everything that it stores (default: .local)

Logs are in .local/logs/.`;

/** Deploys the stacks to the local cloud and keeps it running. */
async function start(stop: AbortController, { fresh, watch }: { fresh: boolean; watch: boolean }): Promise<void> {
  await withRunningCloud({ fresh, stop, withPage: true }, async (cloud) => {
    // The page is built at the same time.
    await Promise.all([deployAll(cloud), buildPage(stop.signal)]);
    const { webPort } = readPorts(process.env);
    const read = async () =>
      outputsOf(cloud.endpoint, pageAt(webPort), await withHosted(cloud.endpoint, deployedPools()));
    let outputs = await read();
    const closePage = await servePage(webPort, () => configOf(outputs));
    try {
      publish(outputs, cloud.env);
      console.log(summary(outputs));
      await followSources(cloud, stop.signal, watch, async () => {
        outputs = await read();
        publish(outputs, cloud.env);
      });
      await stopped(stop.signal);
    } finally {
      await closePage();
    }
  });
}

async function deployAll({ cdktf, emulator, endpoint, remoteState }: RunningCloud): Promise<void> {
  if (changedStacks().length === 0 && (await allExist(endpoint, [ownState(STATE_STACK), await remoteState.read()]))) {
    console.log("Not deployed again: no stack has changed since the last deployment, and its resources exist.");
  } else {
    console.log("Deploying (about a minute the first time) ...");
    copyStates();
    forgetDeployment();
    await cdktf.deploy(STATE_STACK);
    await cdktf.deploy(IDENTITY_STACK);
    rememberDeployment();
  }
  emulator.save();
}

/** Puts the functions' code right, and then, if asked, whatever is saved in the sources. */
async function followSources(
  cloud: RunningCloud,
  stop: AbortSignal,
  watch: boolean,
  deployed: () => Promise<void>,
): Promise<void> {
  if (!watch && !wasSwapped()) return;
  const { cdktf, emulator, endpoint, remoteState } = cloud;
  const liveCode = async () => new LiveCode(endpoint, functionsIn(await remoteState.read()));
  let code = await liveCode();
  await code.begin();
  if (!watch) return;
  console.log("Handlers and settings are watched: what you save runs at once.");
  watchSources(async (parts) => {
    const since = Date.now();
    const done = (what: string) => console.log(`  ${what} (${((Date.now() - since) / 1000).toFixed(1)} s)`);
    const folders = await code.update();
    if (folders.length > 0) done(`new code of ${folders.join(", ")} runs`);
    if (!parts.has("lib")) return;
    await cdktf.synth();
    const changed = changedStacks();
    if (changed.length === 0) return;
    console.log("Deploying ...");
    copyStates();
    forgetDeployment();
    for (const stack of changed) await cdktf.deployAgain(stack);
    keepOutputs(await remoteState.read());
    rememberDeployment();
    emulator.save();
    await deployed();
    code = await liveCode();
    await code.begin();
    done("changed settings are deployed");
  }, stop);
}

/** Shows what a deployment would change in the running local cloud. */
async function diff(stop: AbortController): Promise<void> {
  prepareLocalFolder();
  const env = publishedEnvironment();
  if (!env || lockHolder(localPath("lock")) === undefined) {
    throw new Problem('The local AWS does not run: start it with "npm run local", and run this beside it.');
  }
  const cdktf = new Cdktf(env, stop.signal);
  for (const stack of [STATE_STACK, IDENTITY_STACK]) {
    console.log(`${stack}\n\n${await cdktf.diff(stack)}\n`);
  }
}

/** Destroys what was deployed, checks that nothing is left, and deletes the rest of the local data. */
async function destroy(stop: AbortController): Promise<void> {
  prepareLocalFolder();
  if (!wasDeployed()) {
    console.log("Nothing is deployed here.");
    return;
  }
  await withRunningCloud({ fresh: false, stop }, async ({ cdktf, remoteState, endpoint }) => {
    console.log("Destroying ...");
    if (await remoteState.hasBucket()) await cdktf.destroy(IDENTITY_STACK);
    await cdktf.destroy(STATE_STACK);
    const left = await leftovers(endpoint);
    if (left.length > 0) {
      throw new Problem(
        `The stacks are destroyed, but ${left.join(", ")} are left: delete them with "npm run local -- --fresh".`,
      );
    }
  });
  clearLocalFolder();
  console.log("Nothing is left: no pool, function, role, table, log group or bucket.");
}

/**
 * Waits until the person stops the program.
 * @throws the error of the emulator, if that ends first
 */
async function stopped(stop: AbortSignal): Promise<void> {
  if (!stop.aborted) await new Promise((resolve) => stop.addEventListener("abort", resolve));
  if (!(stop.reason instanceof Interrupted)) throw stop.reason;
}

/** The function for the command in the arguments. */
function command(args: string[]): (stop: AbortController) => Promise<void> | void {
  const options = {
    fresh: { type: "boolean" },
    watch: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return () => console.log(HELP);
    const [verb = "start", ...more] = positionals;
    const { fresh = false, watch = false } = values;
    if (more.length === 0 && verb === "start") return (stop) => start(stop, { fresh, watch });
    if (more.length === 0 && !fresh && !watch && verb === "diff") return diff;
    if (more.length === 0 && !fresh && !watch && verb === "destroy") return destroy;
  } catch {
    // The same message as for an unknown command follows.
  }
  throw new Problem(`There is no command "npm run local -- ${args.join(" ")}".\n\n${HELP}`);
}

async function main(): Promise<void> {
  const stop = stopRequests();
  forgetCloudVariables();
  try {
    await command(process.argv.slice(2))(stop);
  } catch (cause) {
    const error = explained(cause);
    console.error(error instanceof Problem || error instanceof Interrupted ? error.message : error);
    process.exitCode = error instanceof Interrupted ? error.exitCode : 1;
  }
}

void main();
