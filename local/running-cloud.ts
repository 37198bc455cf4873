import { startGateway } from "../gateway";
import { Cdktf, wasDeployed } from "./deploy";
import { Emulator, socketPath } from "./emulator";
import { localVariables } from "./environment-variables";
import { ACCOUNT, IDENTITY_STACK, REGION } from "./identifiers";
import { identityProvider } from "./identity-provider";
import { clearLocalFolder, localPath, prepareLocalFolder } from "./local-folder";
import { takeLock } from "./lock";
import { unpublish } from "./outputs";
import { endpointAt, readPorts } from "./ports";
import { findPython, requireFreePort, requireNode, requireTerraform } from "./prerequisites";
import { asProblem } from "./problem";
import { findProviders } from "./providers";
import { RemoteState } from "./remote-state";
import { restoreStates } from "./rollback";
import { EMULATOR, prepareVenv } from "./venv";

/** The running local cloud, with nothing deployed yet. */
export interface RunningCloud {
  readonly endpoint: string;
  readonly emulator: Emulator;
  /** The environment variables with which a program uses this cloud. */
  readonly env: Record<string, string>;
  readonly cdktf: Cdktf;
  readonly remoteState: RemoteState;
}

/**
 * Starts the local cloud, synthesizes the stacks, calls `use`, and then stops everything, also after an error.
 * @throws Problem before it starts anything, if something that it needs is missing
 */
export async function withRunningCloud(
  { fresh, stop, withPage = false }: { fresh: boolean; stop: AbortController; withPage?: boolean },
  use: (cloud: RunningCloud) => Promise<void>,
): Promise<void> {
  const { port, webPort } = readPorts(process.env);
  prepareLocalFolder();
  socketPath();
  requireNode();
  requireTerraform();
  const python = findPython();
  const releaseLock = takeLock(localPath("lock"));
  const undo: (() => unknown)[] = [releaseLock];
  try {
    unpublish();
    await requireFreePort(port, "LOCAL_PORT");
    if (withPage) await requireFreePort(webPort, "LOCAL_WEB_PORT");
    const source = await findProviders(stop.signal);
    // An interrupted first deployment may have made resources that are in no Terraform state.
    if (fresh || !wasDeployed()) clearLocalFolder();
    restoreStates();
    console.log(`Terraform's providers come from ${source.name}.`);
    if (source.packaging === "synth") {
      console.log("  The archive provider is not there: synthesis zips the functions itself.");
    }

    const endpoint = endpointAt(port);
    const env = localVariables({ port, webPort }, source);
    const cdktf = new Cdktf(env, stop.signal);
    const synthesis = cdktf.synth();
    // A mistake in the settings is reported when the emulator has started, so that it can be stopped in order.
    synthesis.catch(() => {});
    const emulator = await Emulator.start({
      python: await prepareVenv(EMULATOR, python, stop.signal),
      port,
      stop,
    });
    undo.push(() => emulator.stop());
    undo.push(await openGateway(port, emulator.socket));
    console.log(`The gateway listens at ${endpoint}.`);
    await synthesis;
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
  // The warning is about versions of the AWS SDK from 2027 on. This project has a fixed, older version.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
  const gateway = await startGateway({
    port,
    emulator,
    region: REGION,
    account: ACCOUNT,
    stateDir: localPath("gateway"),
    routes: [identityProvider(port)],
  }).catch(asProblem);
  return () => gateway.close();
}
