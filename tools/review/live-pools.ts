import { CognitoIdentityProviderClient, DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { Environment } from "../../lib/environments";
import { connection } from "../connection";
import type { Finding } from "./findings";
import type { Plan } from "./plan";
import { ReviewError } from "./review-error";
import { quoted } from "./words";

/** What AWS says about the pools of a plan, and the plan does not. */
export interface LivePools {
  /** The estimated number of people of each pool, by its id. */
  readonly estimates: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}

/** The slots of `LambdaConfig` that the provider sends. Another one is wiped by the next update of the pool. */
const KNOWN_SLOTS = [
  "CreateAuthChallenge",
  "CustomEmailSender",
  "CustomMessage",
  "CustomSMSSender",
  "DefineAuthChallenge",
  "KMSKeyID",
  "PostAuthentication",
  "PostConfirmation",
  "PreAuthentication",
  "PreSignUp",
  "PreTokenGeneration",
  "PreTokenGenerationConfig",
  "UserMigration",
  "VerifyAuthChallengeResponse",
];

/**
 * Looks at the pools that exist before a plan.
 * @throws ReviewError when AWS does not answer
 */
export async function lookAtPools(environment: Environment, plans: readonly Plan[]): Promise<LivePools> {
  const client = new CognitoIdentityProviderClient(connection(environment));
  const estimates = new Map<string, number>();
  const findings: Finding[] = [];
  for (const { address, id } of poolsIn(plans)) {
    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: id })).catch((error: Error) => {
      throw new ReviewError(`The pool ${id} cannot be looked at: AWS answered ${error.name}.`);
    });
    const people = UserPool?.EstimatedNumberOfUsers ?? null;
    if (people !== null) estimates.set(id, people);
    for (const slot of unknownSlots(UserPool?.LambdaConfig)) {
      findings.push({
        rule: "slot-unknown",
        effect: "protection",
        address,
        people,
        allowed: null,
        text: `The pool has the trigger ${quoted(slot)}, which Terraform's provider does not know: its next update wipes it.`,
      });
    }
  }
  return { estimates, findings };
}

/** The slots of a pool in AWS that Terraform's provider does not know. */
export function unknownSlots(lambdaConfig: object = {}): string[] {
  return Object.entries(lambdaConfig)
    .filter(([slot, value]) => !KNOWN_SLOTS.includes(slot) && value !== undefined && value !== null && value !== "")
    .map(([slot]) => slot);
}

function poolsIn(plans: readonly Plan[]): { address: string; id: string }[] {
  return plans.flatMap(({ changes }) =>
    changes.flatMap(({ type, address, change }) => {
      const id = change.before?.id;
      return type === "aws_cognito_user_pool" && typeof id === "string" ? [{ address, id }] : [];
    }),
  );
}
