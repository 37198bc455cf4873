import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { installPeers } from "./peer-packages";
import { ROOT } from "./root";
import { printTable, ratio, type Spread, spreadInWords, spreadOf } from "./samples";

const ROUNDS = 3;

interface Case {
  readonly name: string;
  /** Whether the folder of an earlier synthesis is there. */
  readonly warm?: boolean;
  readonly command: (outdir: string) => string[];
}

interface Measured {
  readonly name: string;
  readonly time: Spread;
  readonly cpu: Spread;
  readonly memory: Spread;
}

/** How long a synthesis takes, for some numbers of pools, and with AWS CDK. */
export async function benchSynthesis(): Promise<void> {
  const peers = installPeers();
  const ours = (pools: number) => (outdir: string) => [
    "--import",
    "tsx",
    join("bench", "synthesis-app.ts"),
    String(pools),
    outdir,
  ];
  const awsCdk = (outdir: string) => [join("bench", "peers", "aws-cdk.cjs"), "2", outdir, peers, ROOT];
  const cases: Case[] = [
    { name: "AWS CDK with NodejsFunction, 2 pools, cold", command: awsCdk },
    { name: "AWS CDK with NodejsFunction, 2 pools, warm", command: awsCdk, warm: true },
    { name: "2 pools, cold", command: ours(2) },
    { name: "2 pools, warm", command: ours(2), warm: true },
    { name: "1 pool", command: ours(1) },
    { name: "10 pools", command: ours(10) },
    { name: "50 pools", command: ours(50) },
  ];
  const figures = new Map(cases.map((one) => [one, [] as { time: number; cpu: number; memory: number }[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [one, all] of figures) all.push(synthesize(one));
  }
  const measured = [...figures].map(([{ name }, all]) => ({
    name,
    time: spreadOf(all.map(({ time }) => time)),
    cpu: spreadOf(all.map(({ cpu }) => cpu)),
    memory: spreadOf(all.map(({ memory }) => memory)),
  }));
  print(measured);
}

function print(measured: readonly Measured[]): void {
  const [cdk] = measured;
  if (!cdk) return;
  const rows = measured.map(({ name, time, cpu, memory }) => [
    name,
    spreadInWords(time, "s"),
    ratio(cdk.time, time),
    spreadInWords(cpu, "s"),
    ratio(cdk.cpu, cpu),
    spreadInWords(memory, "MB"),
  ]);
  console.log(`A synthesis with its bundles, without a command line around it, ${ROUNDS} times each:\n`);
  printTable(["what", "time", "times faster", "CPU", "times less", "memory"], rows);
}

/** The seconds by the clock and of the CPU, of all processes, and the memory of the largest in MB. */
function synthesize({ name, warm, command }: Case): { time: number; cpu: number; memory: number } {
  const outdir = join(ROOT, ".local", "bench", "synthesized", name.replace(/\W+/g, "-").replace(/-(cold|warm)$/, ""));
  if (!warm) rmSync(outdir, { recursive: true, force: true });
  // Only the shell knows the CPU of the processes that a process has started.
  const script = 'TIMEFORMAT="%R %U %S"; { time "$@" 2>&3; } 3>/dev/null 2>&1';
  const printed = execFileSync("bash", ["-c", script, "bench", process.execPath, ...command(outdir)], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
  const [memory = 0, time = 0, user = 0, system = 0] = printed.trim().split(/\s+/).slice(-4).map(Number);
  return { time, cpu: user + system, memory };
}
