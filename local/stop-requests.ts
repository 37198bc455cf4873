import { Interrupted } from "./problem";

/**
 * Aborts with `Interrupted` when the program is asked to stop: by Ctrl-C, by a signal, by the end of the npm that
 * started it, or because nobody reads its output any more, as with `| head -1`.
 */
export function stopRequests(): AbortController {
  const stop = new AbortController();
  const ask = (signal: NodeJS.Signals) => {
    // Say it at once: the work that runs may take a while to end.
    if (!stop.signal.aborted) console.log("\nStopping ...");
    stop.abort(new Interrupted(signal));
  };
  // A second signal changes nothing: npm repeats the signal that the terminal has sent.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => ask(signal));
  }
  for (const output of [process.stdout, process.stderr]) output.on("error", () => ask("SIGPIPE"));
  if (process.env.npm_lifecycle_event !== undefined) {
    // npm's shell does not pass on a SIGTERM, so this program would run on without npm.
    const npm = process.ppid;
    const watch = () => process.ppid !== npm && ask("SIGTERM");
    setInterval(watch, 500).unref();
  }
  return stop;
}
