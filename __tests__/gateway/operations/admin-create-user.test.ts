import type { DeliveryMediumType } from "@aws-sdk/client-cognito-identity-provider";
import { adminCreateUser } from "../../../gateway/operations/admin-create-user";
import { ADDRESS, attributeList, NUMBER, poolsWithMessages } from "../pool-with-messages";

const { makePool } = poolsWithMessages();

async function invite(given: Record<string, string>, DesiredDeliveryMediums?: DeliveryMediumType[]) {
  const { context, sent } = makePool();
  const UserAttributes = attributeList(given);
  const input = { UserPoolId: "pool", Username: "jo", UserAttributes, DesiredDeliveryMediums };
  await adminCreateUser({ ...context, signed: true }, input);
  return sent.map(([address]) => address);
}

describe("an invitation", () => {
  it.each<[DeliveryMediumType[] | undefined, string[]]>([
    [["SMS"], [NUMBER]],
    [["EMAIL"], [ADDRESS]],
    [
      ["EMAIL", "SMS"],
      [NUMBER, ADDRESS],
    ],
    [undefined, [NUMBER]],
  ])("by %p goes to %p", async (media, to) => {
    expect(await invite({ email: ADDRESS, phone_number: NUMBER }, media)).toEqual(to);
  });

  it("goes by mail where no medium is named and there is no number", async () => {
    expect(await invite({ email: ADDRESS })).toEqual([ADDRESS]);
  });
});
