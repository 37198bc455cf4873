import { Interrupted } from "./problem";

/**
 * Aborts with `Interrupted` when somebody asks us to stop: with Ctrl-C, a signal, or by ending the npm that started us.
 */
export function stopRequests(): AbortController {
  const stop = new AbortController();
  const ask = (signal: NodeJS.Signals) => {
    // At once: what is under way may take a while to end.
    if (!stop.signal.aborted) console.log("\nStopping ...");
    stop.abort(new Interrupted(signal));
  };
  // Asked again, we go on stopping: npm passes on the signal that the terminal has sent us already.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => ask(signal));
  }
  if (process.env.npm_lifecycle_event !== undefined) {
    // npm's shell does not pass a SIGTERM on, it just leaves us behind.
    const npm = process.ppid;
    const watch = () => process.ppid !== npm && ask("SIGTERM");
    setInterval(watch, 500).unref();
  }
  return stop;
}
