import { readFileSync } from "node:fs";
import { allCases, type Case, runWith } from "./cases";
import { fakeDynamoDb } from "./fake-dynamodb";
import { printTable, ratio, spreadInWords, spreadOf } from "./samples";

const ROUNDS = 15;

/** What a fresh process took: milliseconds, and the most megabytes that it had. */
interface Figures {
  readonly time: number;
  readonly cpu: number;
  readonly memory: number;
}

/** How long a fresh process takes to its first answer, for each function and its peers. */
export async function benchFunctions(): Promise<void> {
  const dynamodb = await fakeDynamoDb();
  try {
    const cases = await allCases();
    const figures = new Map(cases.map((one) => [one, [] as Figures[]]));
    for (let round = 0; round < ROUNDS; round++) {
      // One of each in turn, so that a busy moment does not hit one alone.
      for (const [one, all] of figures) all.push(await runWith<Figures>("first-answer.js", one, dynamodb.endpoint));
    }
    print([...figures].map(([one, all]) => ({ one, ...spreadsOf(all) })));
  } finally {
    dynamodb.close();
  }
}

const spreadsOf = (all: readonly Figures[]) => ({
  time: spreadOf(all.map(({ time }) => time)),
  cpu: spreadOf(all.map(({ cpu }) => cpu)),
  memory: spreadOf(all.map(({ memory }) => memory)),
});

function print(measured: readonly ({ one: Case } & ReturnType<typeof spreadsOf>)[]): void {
  const [empty] = measured;
  if (!empty) return;
  const rows = measured.map(({ one, time, cpu, memory }) => [
    one.name,
    spreadInWords(time, "ms"),
    ratio(time, empty.time),
    spreadInWords(cpu, "ms"),
    ratio(cpu, empty.cpu),
    `${memory.median.toFixed(0)} MB`,
    `${Math.ceil(readFileSync(one.bundle).length / 1000)} kB`,
  ]);
  console.log(`A fresh process to its first answer, ${ROUNDS} times each:\n`);
  printTable(["handler", "time", "× empty", "CPU", "× empty", "memory", "bundle"], rows);
}
