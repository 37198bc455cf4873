import { startGateway } from "../gateway";
import { Cdktf, wasDeployed } from "./deploy";
import { Emulator, socketPath } from "./emulator";
import { cloudEnvironment } from "./environment";
import { takeLock } from "./lock";
import { unpublish } from "./outputs";
import { findPython, requireFreePort, requireTerraform } from "./prerequisites";
import { asProblem } from "./problem";
import { findProviders } from "./providers";
import { RemoteState } from "./remote-state";
import { rollBackStates } from "./rollback";
import { clearScratch, prepareScratch, scratch } from "./scratch";
import { ACCOUNT, endpointAt, IDENTITY_STACK, REGION, readSettings } from "./settings";
import { prepareVenv } from "./venv";

/** The running local cloud, with nothing deployed yet. */
export interface Cloud {
  readonly endpoint: string;
  readonly emulator: Emulator;
  /** What a program needs to talk to it. */
  readonly env: Record<string, string>;
  readonly cdktf: Cdktf;
  readonly remoteState: RemoteState;
}

/**
 * Checks what it needs, starts the local cloud, synthesizes the stacks, lets `use` work with them, and stops all of it
 * whatever happens.
 * @throws Problem before anything is done, when something is missing
 */
export async function withCloud(
  { fresh, stop, withPage = false }: { fresh: boolean; stop: AbortController; withPage?: boolean },
  use: (cloud: Cloud) => Promise<void>,
): Promise<void> {
  const { port, webPort } = readSettings(process.env);
  prepareScratch();
  socketPath();
  requireTerraform();
  const python = findPython();
  const releaseLock = takeLock(scratch("lock"));
  const undo: (() => unknown)[] = [releaseLock];
  try {
    unpublish();
    await requireFreePort(port, "LOCAL_PORT");
    if (withPage) await requireFreePort(webPort, "LOCAL_WEB_PORT");
    const source = await findProviders(stop.signal);
    // A first deployment that was cut off has left nothing worth keeping, and perhaps things that are in no state.
    if (fresh || !wasDeployed()) clearScratch();
    rollBackStates();
    console.log(`Terraform's providers come from ${source.name}.`);
    if (source.packaging === "synth") {
      console.log("  The archive provider is not there: synthesis zips the functions itself.");
    }

    const endpoint = endpointAt(port);
    const emulator = await Emulator.start({
      python: await prepareVenv(python, stop.signal),
      port,
      stop,
    });
    undo.push(() => emulator.stop());
    undo.push(await openGateway(port, emulator.socket));
    console.log(`The gateway listens at ${endpoint}.`);

    const env = cloudEnvironment(port, source);
    const cdktf = new Cdktf(env, stop.signal);
    await cdktf.synth();
    const remoteState = new RemoteState(endpoint, IDENTITY_STACK);
    await remoteState.breakLock();
    await use({ endpoint, emulator, env, cdktf, remoteState });
  } finally {
    unpublish();
    for (const step of undo.reverse()) {
      try {
        await step();
      } catch (error) {
        console.error(error);
      }
    }
  }
}

async function openGateway(port: number, emulator: string): Promise<() => Promise<void>> {
  // It is about versions of the AWS SDK from 2027 on, and ours is pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const gateway = await startGateway({
    port,
    emulator,
    region: REGION,
    account: ACCOUNT,
    stateDir: scratch("gateway"),
  }).catch(asProblem);
  return () => gateway.close();
}
