import { settingsSchema } from "../../functions/pre-token-generation/settings";
import { SettingsError } from "../checked-settings";
import { requireWithoutRepeats } from "../lists";
import { type PoolShape, requireOwnAttribute } from "../pool-shape";
import { defineTrigger } from "./trigger";

/** Changes claims and scopes, and refuses people before tokens are issued, also at a refresh. */
export const preTokenGeneration = defineTrigger({
  cognitoTriggers: ["PreTokenGeneration"],
  folder: "pre-token-generation",
  settings: settingsSchema(),
  // Cognito requires that the two slots name the same function, so set both.
  attach: (arn, { eventVersion }) => ({
    preTokenGeneration: arn,
    ...(eventVersion > 1 && { preTokenGenerationConfig: { lambdaArn: arn, lambdaVersion: `V${eventVersion}_0` } }),
  }),
  enforcesAccess: true,
  check({ eventVersion, idToken, accessToken }, pool, where) {
    if (eventVersion > 1 && pool.tier === "LITE") {
      throw new SettingsError(
        `${where}.eventVersion is ${eventVersion}, which the tier "LITE" does not have: set ${pool.id}.tier to "ESSENTIALS" or "PLUS".`,
      );
    }
    requireWithoutRepeats(idToken?.suppress ?? [], `${where}.idToken.suppress`);
    for (const list of ["suppress", "addScopes", "suppressScopes"] as const) {
      requireWithoutRepeats(accessToken?.[list] ?? [], `${where}.accessToken.${list}`);
    }
    checkAttributes(idToken?.claims, pool, `${where}.idToken.claims`);
    checkAttributes(accessToken?.claims, pool, `${where}.accessToken.claims`);
  },
});

/** @throws SettingsError when a claim uses a custom attribute that the pool does not have */
function checkAttributes(claims: Readonly<Record<string, object>> = {}, pool: PoolShape, where: string): void {
  for (const [claim, source] of Object.entries(claims)) {
    const attribute = "attribute" in source ? String(source.attribute) : "";
    if (attribute.startsWith("custom:")) requireOwnAttribute(attribute, pool, `${where}.${claim}.attribute is`);
  }
}
