import { text } from "node:stream/consumers";
import { keyOf, type LegacyItem } from "../functions/shared/legacy-directory";
import { type Cost, hashPassword } from "../functions/user-migration/scrypt";

const USAGE = `Prints an item of the legacy table, to try the user migration trigger (docs/user-migration.md).

  node --import tsx tools/legacy-item.ts <user name> [<attribute>=<text> ...] < <file with the password>

The item is DynamoDB's JSON, for aws dynamodb put-item --item. The table's key is userName, a string.`;

/** An item of the legacy table, in DynamoDB's JSON. It holds only a hash of the password. */
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
    // As a string: for a binary, version 1 of the AWS CLI would encode the base64 text in base64 again.
    salt: { S: salt.toString("base64") },
    hash: { S: hash.toString("base64") },
    n: { N: String(n) },
    r: { N: String(r) },
    p: { N: String(p) },
  };
}

async function main([userName, ...pairs]: string[]): Promise<void> {
  // As an argument, the password would be in the shell's history and in the list of processes.
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
