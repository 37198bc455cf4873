import { execFileSync } from "node:child_process";
import { ROOT } from "../checkout";

it("stops in order when nobody reads its output any more", () => {
  const program = `
    const { stopRequests } = require("./local/stop-requests");
    const stop = stopRequests();
    const writes = setInterval(() => console.log("a line"), 10);
    stop.signal.addEventListener("abort", () => {
      clearInterval(writes);
      console.error(stop.signal.reason.message);
    });`;
  // What it says at last comes from its other output: `head` ends after one line.
  const said = execFileSync(
    "sh",
    ["-c", '{ "$0" --import tsx -e "$1" | head -n 1 >/dev/null; } 2>&1', process.execPath, program],
    {
      cwd: ROOT,
      encoding: "utf8",
    },
  );
  expect(said.trim()).toBe("Interrupted by SIGPIPE.");
});
