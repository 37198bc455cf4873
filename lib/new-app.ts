import { App, type AppConfig } from "cdktf";
import { SettingsError } from "./checked-settings";

/** What the operating system says where it lets nobody write, and what to do about it. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: "change its permissions, or work in a checkout where you may write",
  EPERM: "change its permissions, or work in a checkout where you may write",
  EROFS: "the disk is read-only, so work in a checkout elsewhere",
  EEXIST: "there is something else in its place, so move that elsewhere",
  ENOTDIR: "a part of this path is no folder, so move that elsewhere",
  ENOSPC: "the disk is full, so free some space",
};

/**
 * The app that the stacks are in. CDKTF makes the folder for what it writes at once.
 * @throws SettingsError when that cannot be written
 */
export const newApp = (config?: AppConfig): App => writing(() => new App(config));

/**
 * Writes what the app has.
 * @throws SettingsError when that cannot be written
 */
export const writeApp = (app: App): void => writing(() => app.synth());

function writing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code = "", path }: Partial<NodeJS.ErrnoException> = Object(error);
    const advice = REFUSALS[code];
    if (advice === undefined) throw error;
    throw new SettingsError(`${path ?? "A file"} cannot be written (${code}): ${advice}.`);
  }
}
