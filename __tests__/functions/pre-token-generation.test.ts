import { handler } from "../../functions/pre-token-generation";
import { type PreTokenGenerationEvent, SOURCES } from "../../functions/pre-token-generation/event";
import { type PreTokenGenerationSettings, settingsSchema } from "../../functions/pre-token-generation/settings";
import { accessSchema } from "../../functions/shared/access";
import { call, captureLog, cognitoEvent } from "./handlers";
import { incomplete } from "./incomplete";

const log = captureLog();

const PERSON = { sub: "3f0c", email: "a@example.org", "custom:tenant": "acme", "cognito:user_status": "CONFIRMED" };
const MACHINE = "TokenGeneration_ClientCredentials";
const PEOPLE = SOURCES.filter((source) => source !== MACHINE);

/** An event as Cognito sends it; version 1 knows no scopes. */
function tokenEvent(version: string, changes: { triggerSource?: string; request?: object; response?: object } = {}) {
  const { request, ...others } = changes;
  const empty = version === "1" ? "claimsOverrideDetails" : "claimsAndScopeOverrideDetails";
  return {
    ...cognitoEvent({ triggerSource: "TokenGeneration_Authentication", response: { [empty]: null } }),
    version,
    request: {
      userAttributes: PERSON,
      groupConfiguration: { groupsToOverride: ["staff", "editors"], iamRolesToOverride: [], preferredRole: null },
      ...(version !== "1" && { scopes: ["aws.cognito.signin.user.admin"] }),
      ...request,
    },
    ...others,
  };
}

/** As synthesis writes them. */
const settings = (changes: PreTokenGenerationSettings) => settingsSchema().parse(changes);
const responseTo = async (changes: PreTokenGenerationSettings, event: object) =>
  (await call(handler, settings(changes), event)).response;

const FULL: PreTokenGenerationSettings = {
  eventVersion: 2,
  idToken: {
    claims: {
      tenant: { attribute: "custom:tenant" },
      roles: { groups: true },
      plan: { value: { name: "gold", seats: 3 } },
      app: { clientId: true },
      nobody: { attribute: "custom:absent" },
    },
    suppress: ["email"],
  },
  accessToken: {
    claims: { tenant: { attribute: "custom:tenant" }, aud: { clientId: true }, tier: { value: 1 } },
    suppress: ["cognito:groups"],
    addScopes: ["orders/read"],
    suppressScopes: ["aws.cognito.signin.user.admin"],
  },
};

describe("version 1", () => {
  const V1: PreTokenGenerationSettings = {
    idToken: {
      claims: { tenant: { attribute: "custom:tenant" }, roles: { groups: true }, plan: { value: "gold" } },
      suppress: ["email"],
    },
  };

  it.each(PEOPLE)("changes the ID token at %s", async (triggerSource) => {
    expect(await responseTo(V1, tokenEvent("1", { triggerSource }))).toEqual({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { tenant: "acme", roles: "staff,editors", plan: "gold" },
        claimsToSuppress: ["email"],
      },
    });
  });

  it("hands back the whole event beside", async () => {
    const event = { ...tokenEvent("1"), novelty: { of: ["AWS"] } };
    const { response: _, ...rest } = await call(handler, settings(V1), event);
    const { response: __, ...expected } = event;
    expect(rest).toEqual(expected);
  });

  it("puts no group into text that would be read as two", async () => {
    const groupConfiguration = { groupsToOverride: ["staff", "x,admins"] };
    const roles = { idToken: { claims: { roles: { groups: true } } } } as const;
    expect(await responseTo(roles, tokenEvent("1", { request: { groupConfiguration } }))).toMatchObject({
      claimsOverrideDetails: { claimsToAddOrOverride: { roles: "staff" } },
    });
  });

  it("is answered with text alone while the pool is not yet set to the version of the settings", async () => {
    expect(await responseTo(FULL, tokenEvent("1"))).toEqual({
      claimsOverrideDetails: {
        claimsToAddOrOverride: { tenant: "acme", roles: "staff,editors", app: "client" },
        claimsToSuppress: ["email"],
      },
    });
  });
});

describe.each(["2", "3"])("version %s", (version) => {
  it.each(PEOPLE)("changes both tokens at %s", async (triggerSource) => {
    expect(await responseTo(FULL, tokenEvent(version, { triggerSource }))).toEqual({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: {
          claimsToAddOrOverride: {
            tenant: "acme",
            roles: ["staff", "editors"],
            plan: { name: "gold", seats: 3 },
            app: "client",
          },
          claimsToSuppress: ["email"],
        },
        accessTokenGeneration: {
          claimsToAddOrOverride: { tenant: "acme", aud: "client", tier: 1 },
          claimsToSuppress: ["cognito:groups"],
          scopesToAdd: ["orders/read"],
          scopesToSuppress: ["aws.cognito.signin.user.admin"],
        },
      },
    });
  });

  it("leaves a token out that nothing changes", async () => {
    const idToken = { suppress: ["email"] };
    expect(await responseTo({ eventVersion: 2, idToken }, tokenEvent(version))).toEqual({
      claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToSuppress: ["email"] } },
    });
    const accessToken = { addScopes: ["orders/read"] };
    expect(await responseTo({ eventVersion: 2, accessToken }, tokenEvent(version))).toEqual({
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { scopesToAdd: ["orders/read"] } },
    });
  });
});

describe("the version of the answer", () => {
  const idToken = { suppress: ["email"] };

  it.each([
    ["1", 3, "claimsOverrideDetails"],
    ["2", 1, "claimsAndScopeOverrideDetails"],
    ["3", 1, "claimsAndScopeOverrideDetails"],
    [2, 1, "claimsAndScopeOverrideDetails"],
    ["4", 1, "claimsOverrideDetails"],
    ["4", 3, "claimsAndScopeOverrideDetails"],
    ["", 2, "claimsAndScopeOverrideDetails"],
    [null, 1, "claimsOverrideDetails"],
    [undefined, 2, "claimsAndScopeOverrideDetails"],
  ] as const)("to version %p with the setting %d is %s", async (version, eventVersion, field) => {
    const event = { ...tokenEvent("1"), version, response: {} };
    expect(Object.keys((await responseTo({ eventVersion, idToken }, event)) ?? {})).toEqual([field]);
  });
});

describe("a token for a program", () => {
  const machine = (request: object = {}) => ({
    ...tokenEvent("3", { triggerSource: MACHINE }),
    userName: undefined,
    request: { scopes: ["orders/read"], clientMetadata: { a: "b" }, ...request },
  });
  const changed = {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        claimsToAddOrOverride: { aud: "client", tier: 1 },
        claimsToSuppress: ["cognito:groups"],
        scopesToAdd: ["orders/read"],
        scopesToSuppress: ["aws.cognito.signin.user.admin"],
      },
    },
  };

  it("gets what is the same for all, and nothing of a user's", async () => {
    expect(await responseTo(FULL, machine())).toEqual(changed);
  });

  it("gets nothing of a user's though the event held one", async () => {
    const user = { userAttributes: PERSON, groupConfiguration: { groupsToOverride: ["staff"] } };
    const roles = { eventVersion: 3, accessToken: { claims: { roles: { groups: true } } } } as const;
    expect(await responseTo(FULL, machine(user))).toEqual(changed);
    expect(await responseTo(roles, machine(user))).toEqual(machine().response);
  });

  it("is refused by no access setting: there is nobody to judge", async () => {
    const access = accessSchema().parse({ allowedDomains: ["example.com"], deniedDomains: ["example.org"] });
    const event = machine({ userAttributes: PERSON });
    expect(await call(handler, { ...settings({}), access }, event)).toEqual(JSON.parse(JSON.stringify(event)));
    const person = { ...event, triggerSource: "TokenGeneration_Authentication" };
    await expect(call(handler, { ...settings({}), access }, person)).rejects.toThrow("Users from example.org");
  });
});

describe("nothing changes", () => {
  const nothing = { claims: {}, suppress: [] };

  it.each<[string, PreTokenGenerationSettings]>([
    ["there is nothing to change", {}],
    ["all lists are empty", { eventVersion: 2, idToken: nothing, accessToken: { ...nothing, addScopes: [] } }],
    ["the user lacks the attribute", { idToken: { claims: { tenant: { attribute: "custom:absent" } } } }],
  ])("where %s", async (_, changes) => {
    for (const version of ["1", "2", "3"]) {
      const event = tokenEvent(version);
      expect(await call(handler, settings(changes), event)).toEqual(event);
    }
  });

  it("where the settings are the access settings alone", async () => {
    const access = accessSchema().parse({ deniedDomains: ["example.com"] });
    for (const version of ["1", "2", "3"]) {
      const event = tokenEvent(version);
      expect(await call(handler, { access }, event)).toEqual(event);
    }
  });
});

it.each(["1", "2"])(
  "lets in nobody whom access keeps out, whatever the tokens are to say: version %s",
  async (version) => {
    const access = accessSchema().parse({ deniedDomains: ["example.org"] });
    await expect(call(handler, { ...settings(FULL), access }, tokenEvent(version))).rejects.toThrow(
      "Users from example.org are no longer allowed to log in",
    );
  },
);

describe("the groups", () => {
  const roles: PreTokenGenerationSettings = { eventVersion: 2, idToken: { claims: { roles: { groups: true } } } };
  const claimed = async (groupConfiguration: unknown) => {
    const response = await responseTo(roles, tokenEvent("2", { request: { groupConfiguration } }));
    return response?.claimsAndScopeOverrideDetails?.idTokenGeneration?.claimsToAddOrOverride?.roles;
  };

  it.each<[unknown, unknown]>([
    [{ groupsToOverride: ["staff"] }, ["staff"]],
    [{ groupsToOverride: ["staff", "x,y"], preferredRole: ["arn"] }, ["staff", "x,y"]],
    [[{ groupsToOverride: ["staff"] }], ["staff"]],
    [[], undefined],
    [[null], undefined],
    [{ groupsToOverride: [] }, undefined],
    [{ groupsToOverride: null }, undefined],
    [{ groupsToOverride: ["staff", null] }, ["staff"]],
    [{}, undefined],
    [null, undefined],
    [undefined, undefined],
  ])("are read of %j as %j", async (groupConfiguration, expected) => {
    expect(await claimed(groupConfiguration)).toEqual(expected);
  });

  it.each([
    ["1", "claimsOverrideDetails"],
    ["2", "claimsAndScopeOverrideDetails"],
  ])("leave no claim that somebody wrote of themselves, where there are none: version %s", async (version, field) => {
    const settings: PreTokenGenerationSettings = {
      eventVersion: version === "1" ? 1 : 2,
      idToken: {
        claims: { "custom:role": { groups: true }, nickname: { attribute: "custom:alias" }, roles: { groups: true } },
      },
    };
    const userAttributes = { "custom:role": "admin", nickname: "boss" };
    const response =
      (await responseTo(settings, tokenEvent(version, { request: { userAttributes, groupConfiguration: {} } }))) ?? {};
    const details = Object.entries(response).find(([name]) => name === field)?.[1];
    expect(details).toEqual(
      version === "1"
        ? { claimsToSuppress: ["custom:role", "nickname"] }
        : { idTokenGeneration: { claimsToSuppress: ["custom:role", "nickname"] } },
    );
  });

  it.each(["1", "2", "3"])("stay as they are, since nothing is said of them: version %s", async (version) => {
    expect(JSON.stringify(await responseTo(FULL, tokenEvent(version)))).not.toContain("groupOverrideDetails");
  });

  it.each([
    ["1", "claimsOverrideDetails"],
    ["2", "claimsAndScopeOverrideDetails"],
  ])("stay as they are where the event says null of them: version %s", async (version, field) => {
    const response = { [field]: { groupOverrideDetails: null } };
    expect(JSON.stringify(await responseTo(FULL, tokenEvent(version, { response })))).not.toContain("groupOverride");
  });
});

describe("what the response holds already", () => {
  const groupOverrideDetails = { groupsToOverride: ["other"] };
  const change = { claims: { mine: { value: "new" } }, suppress: ["email"] };

  it("is kept in version 1", async () => {
    const claimsOverrideDetails = {
      claimsToAddOrOverride: { theirs: "old", mine: "old" },
      claimsToSuppress: ["name", "email"],
      groupOverrideDetails,
    };
    const response = { other: 1, claimsOverrideDetails };
    expect(await responseTo({ idToken: change }, tokenEvent("1", { response }))).toEqual({
      other: 1,
      claimsOverrideDetails: {
        claimsToAddOrOverride: { theirs: "old", mine: "new" },
        claimsToSuppress: ["name", "email"],
        groupOverrideDetails,
      },
    });
  });

  it("is kept in version 2", async () => {
    const claimsAndScopeOverrideDetails = {
      idTokenGeneration: null,
      accessTokenGeneration: { claimsToAddOrOverride: { theirs: [1] }, scopesToAdd: ["a"], novelty: true },
      groupOverrideDetails,
    };
    const changes: PreTokenGenerationSettings = {
      eventVersion: 2,
      idToken: change,
      accessToken: { ...change, addScopes: ["b"] },
    };
    const response = { claimsAndScopeOverrideDetails };
    expect(await responseTo(changes, tokenEvent("2", { response }))).toEqual({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: { claimsToAddOrOverride: { mine: "new" }, claimsToSuppress: ["email"] },
        accessTokenGeneration: {
          claimsToAddOrOverride: { theirs: [1], mine: "new" },
          claimsToSuppress: ["email"],
          scopesToAdd: ["a", "b"],
          novelty: true,
        },
        groupOverrideDetails,
      },
    });
  });
});

type Claims = NonNullable<PreTokenGenerationSettings["idToken"]>["claims"];

describe("AWS's own examples are settings", () => {
  const claims = {
    aud: { clientId: true as const },
    booleanTest: { value: false },
    longTest: { value: 1234567890 },
    exponentTest: { value: 1.7976931348623157e308 },
    ArrayTest: { value: ["test", 12, 1.5, true] },
    jsonTest: { value: { first: { key: "A" }, second: { keys: ["D", "E"] } } },
  } satisfies Claims;
  /** Its test events have a list where an object belongs, and a list of one role. */
  const event = {
    ...tokenEvent("2"),
    request: {
      userAttributes: { sub: "a1b2", "cognito:user_status": "CONFIRMED", email: "Jane.Doe@example.com" },
      groupConfiguration: {
        groupsToOverride: ["group-1", "group-2"],
        iamRolesToOverride: ["arn:aws:iam::123456789012:role/sns_caller1"],
        preferredRole: ["arn:aws:iam::123456789012:role/sns_caller1"],
      },
      scopes: ["aws.cognito.signin.user.admin", "phone", "openid"],
    },
    response: { claimsAndScopeOverrideDetails: [] },
  };

  it("version 1: a new claim, and one suppressed, by the sparsest of test events", async () => {
    const idToken = { claims: { my_first_attribute: { value: "first_value" } }, suppress: ["email"] };
    expect(await call(handler, settings({ idToken }), { request: {}, response: {} })).toEqual({
      request: {},
      response: {
        claimsOverrideDetails: {
          claimsToAddOrOverride: { my_first_attribute: "first_value" },
          claimsToSuppress: ["email"],
        },
      },
    });
  });

  it("version 2: claims and scopes", async () => {
    const accessToken = {
      addScopes: ["openid", "email", "solar-system-data/asteroids.add"],
      suppressScopes: ["phone_number", "aws.cognito.signin.user.admin"],
    };
    const idToken = { claims: { family_name: { value: "Doe" } }, suppress: ["email", "phone_number"] };
    expect(await responseTo({ eventVersion: 2, idToken, accessToken }, event)).toEqual({
      claimsAndScopeOverrideDetails: {
        idTokenGeneration: {
          claimsToAddOrOverride: { family_name: "Doe" },
          claimsToSuppress: ["email", "phone_number"],
        },
        accessTokenGeneration: {
          scopesToAdd: accessToken.addScopes,
          scopesToSuppress: accessToken.suppressScopes,
        },
      },
    });
  });

  it("version 2: complex claims, and an audience", async () => {
    const { aud: _, ...forId } = claims;
    const response = await responseTo(
      { eventVersion: 2, idToken: { claims: forId }, accessToken: { claims, suppress: ["email"] } },
      event,
    );
    const { idTokenGeneration, accessTokenGeneration } = response?.claimsAndScopeOverrideDetails ?? {};
    expect(accessTokenGeneration?.claimsToAddOrOverride).toEqual({
      aud: "client",
      booleanTest: false,
      longTest: 1234567890,
      exponentTest: 1.7976931348623157e308,
      ArrayTest: ["test", 12, 1.5, true],
      jsonTest: { first: { key: "A" }, second: { keys: ["D", "E"] } },
    });
    const { aud: __, ...expected } = accessTokenGeneration?.claimsToAddOrOverride ?? {};
    expect(idTokenGeneration?.claimsToAddOrOverride).toEqual(expected);
  });
});

it.each(["1", "2", "3"])("answers whatever part of an event of version %s is missing", async (version) => {
  const details = { idTokenGeneration: { claimsToSuppress: ["a"] }, accessTokenGeneration: { scopesToAdd: ["b"] } };
  const full = tokenEvent(version, { response: { claimsAndScopeOverrideDetails: details } });
  for (const event of incomplete(full)) {
    expect(await call(handler, settings(FULL), event)).toHaveProperty("response");
  }
});

it("logs nothing of the person, whatever their tokens say", async () => {
  await call<PreTokenGenerationEvent>(handler, settings(FULL), tokenEvent("2"));
  expect(log.lines()).toContain("TokenGeneration_Authentication");
  expect(log.lines()).not.toMatch(/example\.org|acme|staff|3f0c|rroe/);
});
