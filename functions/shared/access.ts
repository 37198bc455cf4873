import { z } from "zod";
import { domainOf, normalDomain } from "./domains";
import { settingsObject } from "./settings";

/** Who may come in: one property of a pool, which drives every trigger that can refuse a person. */
export const accessSchema = () =>
  settingsObject({
    /**
     * Email domains whose users are refused, as `example.com`.
     * @default none
     */
    deniedDomains: z
      .array(
        z
          .string()
          .regex(/^[^@\s]+\.[^@\s.]+$/, "must be a domain such as example.com")
          .transform(normalDomain),
      )
      .default([]),
  });

export type AccessSettings = z.input<ReturnType<typeof accessSchema>>;
export type Access = z.output<ReturnType<typeof accessSchema>>;

/** The denied domain that an address belongs to, if any. */
export function deniedDomain(access: Access, address: string): string | undefined {
  const domain = domainOf(address);
  return access.deniedDomains.find((denied) => denied === domain);
}
