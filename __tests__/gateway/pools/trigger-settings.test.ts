import { checkTriggerSettings } from "../../../gateway/pools/trigger-settings";

const arn = "arn:aws:lambda:eu-west-1:000000000000:function:fn";
const key = "arn:aws:kms:eu-west-1:000000000000:key/1";

describe("a pool", () => {
  const sender = { LambdaVersion: "V1_0", LambdaArn: arn } as const;
  const tokens = (LambdaVersion: "V1_0" | "V2_0" | "V3_0") => ({
    PreTokenGenerationConfig: { LambdaVersion, LambdaArn: arn },
  });
  it.each<[string, object, string | undefined]>([
    ["nothing", {}, undefined],
    ["the first event in LITE", { UserPoolTier: "LITE", LambdaConfig: tokens("V1_0") }, undefined],
    ["the second event", { LambdaConfig: tokens("V2_0") }, undefined],
    ["the second event in LITE", { UserPoolTier: "LITE", LambdaConfig: tokens("V2_0") }, "FeatureUnavailableInTierE"],
    [
      "the second event in LITE with what the tiers replaced",
      { UserPoolTier: "LITE", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" }, LambdaConfig: tokens("V2_0") },
      undefined,
    ],
    [
      "the third event in LITE, whatever is paid besides",
      { UserPoolTier: "LITE", UserPoolAddOns: { AdvancedSecurityMode: "AUDIT" }, LambdaConfig: tokens("V3_0") },
      "FeatureUnavailableInTierException",
    ],
    ["a sender with its key", { LambdaConfig: { CustomSMSSender: sender, KMSKeyID: key } }, undefined],
    ["a sender without a key", { LambdaConfig: { CustomEmailSender: sender } }, "InvalidParameterException"],
  ])("may have %s, or not", (_, settings, refused) => {
    const check = () => checkTriggerSettings(settings);
    if (refused) expect(check).toThrow(expect.objectContaining({ name: expect.stringContaining(refused) }));
    else expect(check).not.toThrow();
  });
});
