import { Interrupted } from "./problem";

/**
 * Aborts with `Interrupted` when the program is asked to stop: by Ctrl-C, by a signal, or by the end of the npm that
 * started it.
 */
export function stopRequests(): AbortController {
  const stop = new AbortController();
  // A second signal changes nothing: npm repeats the signal that the terminal has sent.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => stop.abort(new Interrupted(signal)));
  }
  if (process.env.npm_lifecycle_event !== undefined) {
    // npm's shell does not pass on a SIGTERM, so this program would run on without npm.
    const npm = process.ppid;
    const watch = () => process.ppid !== npm && stop.abort(new Interrupted("SIGTERM"));
    setInterval(watch, 500).unref();
  }
  return stop;
}
