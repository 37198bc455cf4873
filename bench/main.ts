import { benchFunctions } from "./functions";
import { benchLocalCloud } from "./local-cloud";
import { benchPage } from "./page";
import { benchSynthesis } from "./synthesis";
import { benchWarm } from "./warm";

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  functions: benchFunctions,
  warm: benchWarm,
  synthesis: benchSynthesis,
  "local-cloud": benchLocalCloud,
  page: benchPage,
};

const HELP = `Benchmarks: how fast it is, against something named (docs/performance.md)

  npm run bench              Run all of them: ${Object.keys(BENCHES).join(", ")}
  npm run bench -- <name>    Run one
  --help                     Print this

  They print medians, and in brackets where the middle half of the figures is. Nothing fails by its time.`;

async function main(names: readonly string[]): Promise<number> {
  if (names.includes("--help")) {
    console.log(HELP);
    return 0;
  }
  const unknown = names.find((name) => !(name in BENCHES));
  if (unknown !== undefined) {
    console.error(`The benchmark is "${unknown}", but the benchmarks are ${Object.keys(BENCHES).join(", ")}.`);
    return 2;
  }
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length === 0 || names.includes(name)) await bench();
  }
  return 0;
}

// npm run bench
main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
