import {
  deliveryDetails,
  destinationToRecover,
  destinationToVerify,
  recoveryContacts,
} from "../../../gateway/messages/destinations";

const email = "jo@example.org";
const phone_number = "+4915112341234";

describe("a code for a new password", () => {
  const mechanisms = (...names: string[]) => ({
    AccountRecoverySetting: {
      RecoveryMechanisms: names.map((Name, i) => ({ Name: Name as "admin_only", Priority: i + 1 })),
    },
  });
  const verified = { email, email_verified: "true", phone_number, phone_number_verified: "true" };

  it.each([
    [{}, verified, "phone_number"],
    [mechanisms("verified_email", "verified_phone_number"), verified, "email"],
    [mechanisms("verified_phone_number", "verified_email"), verified, "phone_number"],
    [mechanisms("verified_email"), { ...verified, email_verified: "false" }, undefined],
    [mechanisms("verified_email", "verified_phone_number"), { ...verified, email_verified: "false" }, "phone_number"],
    [mechanisms("admin_only"), verified, undefined],
  ])("goes to the first contact that is verified: %j %j %s", (pool, attributes, contact) => {
    expect(destinationToRecover(recoveryContacts(pool), attributes)?.attribute).toBe(contact);
  });
});

it("an answer shows only the last digits of a number, or the first letters of an address", () => {
  expect(deliveryDetails({ attribute: "phone_number", address: "+15555551234" }).Destination).toBe("+*******1234");
  expect(deliveryDetails({ attribute: "email", address: email }).Destination).toBe("j***@e***");
});

it("no code is sent where the pool verifies nothing", () => {
  expect(destinationToVerify({}, { email, phone_number })).toBeUndefined();
});
