import { createHash } from "node:crypto";

/** What is kept of a secret that its owner sends back later. */
export const hashed = (secret: string) => createHash("sha256").update(secret).digest("hex");
