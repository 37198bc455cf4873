import { CLIENTS, type Client, expectedOf } from "./clients";
import { STEPS } from "./steps";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), `|${"---|".repeat(head.length)}`, ...rows.map(row)].join("\n");

/** The clients, as docs/clients.md has them. */
export const clientsTable = () =>
  table(
    ["client", "version", "from", "it finds the local cloud by"],
    CLIENTS.map(({ name, version, from, found }) => [name, version, from, found]),
  );

/** What a client gets at a step, compared with what is expected of most. */
function cell(client: Client, step: string, usual: string): string {
  const took = expectedOf(client).find((expected) => expected.step === step);
  if (!took) return "no call";
  return took.did === usual ? "yes" : `\`${took.did}\``;
}

/** What each client does at each step, as docs/clients.md has it. */
export const stepsTable = () =>
  table(
    ["step", "outcome", ...CLIENTS.map(({ name }) => name)],
    Object.entries(STEPS).map(([step, did]) => [
      step,
      did === "ok" ? did : `\`${did}\``,
      ...CLIENTS.map((client) => cell(client, step, did)),
    ]),
  );
