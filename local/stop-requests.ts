import { Interrupted } from "./problem";

/**
 * Aborts with `Interrupted` when somebody asks us to stop: with Ctrl-C, a signal, or by ending the npm that started us.
 */
export function stopRequests(): AbortController {
  const stop = new AbortController();
  // Asked again, we go on stopping: npm passes on the signal that the terminal has sent us already.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => stop.abort(new Interrupted(signal)));
  }
  if (process.env.npm_lifecycle_event !== undefined) {
    // npm's shell does not pass a SIGTERM on, it just leaves us behind.
    const npm = process.ppid;
    const watch = () => process.ppid !== npm && stop.abort(new Interrupted("SIGTERM"));
    setInterval(watch, 500).unref();
  }
  return stop;
}
