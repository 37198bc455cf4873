import { text } from "node:stream/consumers";
import { keyOf, type LegacyItem } from "../functions/user-migration/directory";
import { type Cost, hashPassword } from "../functions/user-migration/scrypt";

const USAGE = `An item of a legacy directory, as the user migration trigger reads it: for trying the migration.

  node --import tsx tools/legacy-item.ts <user name> [<attribute>=<text> ...] < <file with the password>

Prints it in DynamoDB's JSON, for aws dynamodb put-item --item. The table's key is userName, a string.`;

/** An item of a legacy directory, in DynamoDB's JSON; the password is in it as a hash alone. */
export async function legacyItem(
  userName: string,
  password: string,
  attributes: Readonly<Record<string, string>> = {},
  cost?: Cost,
): Promise<LegacyItem> {
  const { salt, hash, n, r, p } = await hashPassword(password, cost);
  return {
    ...Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { S: value }])),
    userName: { S: keyOf(userName) },
    // As text: version 1 of the AWS CLI would write base64 of the base64 into a binary.
    salt: { S: salt.toString("base64") },
    hash: { S: hash.toString("base64") },
    n: { N: String(n) },
    r: { N: String(r) },
    p: { N: String(p) },
  };
}

async function main([userName, ...pairs]: string[]): Promise<void> {
  // On the command line the password would be in the shell's history, and in every list of processes.
  const password = userName && !process.stdin.isTTY ? (await text(process.stdin)).replace(/\r?\n$/, "") : "";
  if (!userName || !password || pairs.some((pair) => !/^[^=]+=./.test(pair))) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  const attributes = Object.fromEntries(pairs.map((pair) => pair.split(/=(.*)/s, 2)));
  console.log(JSON.stringify(await legacyItem(userName, password, attributes)));
}

if (require.main === module) void main(process.argv.slice(2));
