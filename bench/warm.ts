import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { allCases, runWith } from "./cases";
import { fakeDynamoDb } from "./fake-dynamodb";
import { ROOT } from "./root";
import { printTable, ratio, spreadInWords, spreadOf } from "./samples";

const ROUNDS = 5;
const SHOWN = ["the AWS SDK, reads from DynamoDB", "pre authentication, reads the block list"];

/** What one call took, in milliseconds. */
interface PerCall {
  readonly time: number;
  readonly cpu: number;
}

/** The same, one call at a time and fifty at a time. */
interface Calls {
  readonly one: PerCall;
  readonly fifty: PerCall;
}

/** What a call takes of a function that has answered before, with a kept connection over TLS. */
export async function benchWarm(): Promise<void> {
  const { key, cert, file } = certificate();
  const dynamodb = await fakeDynamoDb({ key, cert });
  try {
    const cases = (await allCases()).filter(({ name }) => SHOWN.includes(name));
    const measured = cases.map((handler) => ({ handler, one: [] as PerCall[], fifty: [] as PerCall[] }));
    for (let round = 0; round < ROUNDS; round++) {
      for (const { handler, one, fifty } of measured) {
        const variables = { NODE_EXTRA_CA_CERTS: file };
        const calls = await runWith<Calls>("warm-answers.js", handler, dynamodb.endpoint, variables);
        one.push(calls.one);
        fifty.push(calls.fifty);
      }
    }
    const [sdk] = measured;
    const rows = measured.flatMap(({ handler, ...all }) =>
      (["one", "fifty"] as const).map((load) => {
        const cells = (["time", "cpu"] as const).flatMap((what) => {
          const spread = spreadOf(all[load].map((calls) => calls[what]));
          return [
            spreadInWords(spread, "ms"),
            ratio(spread, spreadOf((sdk?.[load] ?? []).map((calls) => calls[what]))),
          ];
        });
        return [`${handler.name}, ${load} at a time`, ...cells];
      }),
    );
    console.log(`A call of a function that has answered before, over TLS, ${ROUNDS} times 500 each:\n`);
    printTable(["handler", "time", "× SDK", "CPU", "× SDK"], rows);
  } finally {
    dynamodb.close();
  }
}

/** A key and a certificate for `localhost`, made by openssl. */
function certificate() {
  const folder = join(ROOT, ".local", "bench");
  mkdirSync(folder, { recursive: true });
  const [keyFile, file] = [join(folder, "localhost.key"), join(folder, "localhost.crt")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", keyFile, "-out", file], { stdio: "pipe" });
  return { key: readFileSync(keyFile, "utf8"), cert: readFileSync(file, "utf8"), file };
}
