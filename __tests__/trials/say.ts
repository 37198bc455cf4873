/** Prints a line at once. Jest keeps what is logged until a whole file of tests has ended, which takes an hour here. */
export const say = (line: string) => process.stdout.write(`${line}\n`);
