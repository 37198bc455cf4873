// Runs a bundle as a fresh Lambda does: loads it, and answers one event. It prints the time and the CPU since the start
// of the process, in milliseconds, and the most memory that it had, in megabytes.
const [, , bundle, event] = process.argv;
const silent = () => {};
Object.assign(console, { info: silent, error: silent });
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = () => true;
const context = {
  functionName: "f",
  functionVersion: "1",
  invokedFunctionArn: "arn",
  awsRequestId: "1",
  memoryLimitInMB: "256",
};

async function answer() {
  const { handler } = require(bundle);
  await handler(JSON.parse(event), context);
  const { user, system } = process.cpuUsage();
  const memory = process.resourceUsage().maxRSS / 1000;
  write(JSON.stringify({ time: performance.now(), cpu: (user + system) / 1000, memory }));
  process.exit(0);
}

void answer();
