// Runs a bundle as a Lambda that has answered before. It prints what one call takes, in milliseconds of time and of CPU:
// one call after another, and fifty at a time, which is as if fifty people came through one process.
const [, , bundle, event] = process.argv;
const silent = () => {};
Object.assign(console, { info: silent, error: silent });
const { handler } = require(bundle);
const call = () => handler(JSON.parse(event));
const CALLS = 500;
const AT_ONCE = 50;

async function perCall(work) {
  const { user, system } = process.cpuUsage();
  const start = performance.now();
  await work();
  const cpu = process.cpuUsage({ user, system });
  return { time: (performance.now() - start) / CALLS, cpu: (cpu.user + cpu.system) / 1000 / CALLS };
}

async function main() {
  const alone = async () => {
    for (let done = 0; done < CALLS; done++) await call();
  };
  const together = async () => {
    for (let done = 0; done < CALLS; done += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, call));
  };
  await alone();
  const one = await perCall(alone);
  await together();
  process.stdout.write(JSON.stringify({ one, fifty: await perCall(together) }), () => process.exit(0));
}

void main();
