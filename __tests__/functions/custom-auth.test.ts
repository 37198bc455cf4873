import "./no-waiting";

import crypto from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { handler } from "../../functions/custom-auth";
import { create } from "../../functions/custom-auth/create";
import type { CreateEvent, Step, VerifyEvent } from "../../functions/custom-auth/event";
import { isRight, makeCode } from "../../functions/custom-auth/one-time-code";
import { type CustomAuthSettings, settingsSchema } from "../../functions/custom-auth/settings";
import { verify } from "../../functions/custom-auth/verify";
import { NEUTRAL_MESSAGE } from "../../functions/shared/trigger";
import { fakeAws } from "./fake-aws";
import { call, captureLog, cognitoEvent } from "./handlers";

const log = captureLog();
const aws = fakeAws();
const mails = () => aws.calls("SendEmail");
const PERSONAL = /ann|example\.org|3f0c|rroe|\b\d{8}\b/;
const NOON = Date.parse("2026-03-01T12:00:00Z");
const ANN = { sub: "3f0c", email: "ann@example.org", email_verified: "true" };
const BEN = { sub: "77aa", email: "ben@example.org", email_verified: "true" };
/** A wrong answer of a sign-in. */
const wrong = ({ signIn }: Private): Step => ({
  challengeName: "CUSTOM_CHALLENGE",
  challengeResult: false,
  challengeMetadata: `CODE_BY_EMAIL ${signIn}`,
});
const ID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const settings = (changes: CustomAuthSettings = {}) => ({
  ...settingsSchema().parse(changes),
  from: "codes@example.com",
  appName: "Owl & Co",
  defaultLanguage: "en" as const,
  table: "codes",
  keyArn: "key",
});

/** Seconds after noon, for all that follows. */
const at = (seconds: number) => jest.spyOn(Date, "now").mockReturnValue(NOON + seconds * 1000);
beforeEach(() => at(0));

interface Who {
  readonly userAttributes?: Record<string, string>;
  readonly userNotFound?: boolean;
  readonly session?: Step[];
}

const NOBODY: Who = { userAttributes: {}, userNotFound: true };

function createEvent({ userAttributes = ANN, ...request }: Who = {}) {
  const event = cognitoEvent({ triggerSource: "CreateAuthChallenge_Authentication", userAttributes });
  return { ...event, request: { ...event.request, challengeName: "CUSTOM_CHALLENGE", session: [], ...request } };
}

/** Begins a sign-in, or goes on with one. */
const challenge = (who?: Who) => create(createEvent(who) as CreateEvent, settings());

type Private = Record<string, string>;

const verifyEvent = (privateChallengeParameters: Private, challengeAnswer?: string, who: Who = {}) => ({
  ...cognitoEvent({ triggerSource: "VerifyAuthChallengeResponse_Authentication" }),
  request: { userAttributes: ANN, ...who, privateChallengeParameters, challengeAnswer },
});

const answer = (parameters: Private, text = parameters.code, who?: Who) =>
  verify(verifyEvent(parameters, text, who) as VerifyEvent, settings());

/** The parameters that Verify gets, of a sign-in that was begun. */
const begun = async (who?: Who): Promise<Private> => (await challenge(who)).privateChallengeParameters;

const mailedCode = () => /\d{8}/.exec(mails().at(-1)?.input.Content.Simple.Body.Html.Data)?.[0];

describe("a challenge", () => {
  it("mails a code of eight digits to the verified address, and no other parameter says where", async () => {
    const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } = await challenge();
    expect(privateChallengeParameters).toEqual({
      code: expect.stringMatching(/^\d{8}$/),
      until: String(NOON / 1000 + 120),
      signIn: ID,
    });
    expect(publicChallengeParameters).toEqual({ medium: "EMAIL", minutes: "2" });
    expect(challengeMetadata).toBe(`CODE_BY_EMAIL ${privateChallengeParameters.signIn}`);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]?.input).toMatchObject({
      FromEmailAddress: "codes@example.com",
      Destination: { ToAddresses: ["ann@example.org"] },
      Content: { Simple: { Subject: { Data: "Your code to sign in to Owl & Co" } } },
    });
    expect(mailedCode()).toBe(privateChallengeParameters.code);
  });

  it.each([
    ["nl-NL", "Je code om in te loggen bij Owl & Co"],
    ["fr", "Your code to sign in to Owl & Co"],
  ])("is worded for the locale %s, as every other message is", async (locale, subject) => {
    await challenge({ userAttributes: { ...ANN, locale } });
    const { Subject, Body } = mails()[0]?.input.Content.Simple ?? {};
    expect(Subject.Data).toBe(subject);
    expect(Body.Html.Data).toContain("Owl &#38; Co");
  });

  it("keeps the code encrypted for its sign-in, user and pool, and counts it", async () => {
    const { code = "", signIn } = await begun();
    expect(aws.items()).toEqual([
      {
        user: { S: `3f0c codes ${NOON / 600_000}` },
        codes: { N: "1" },
        until: { N: String(NOON / 1000 + 600) },
      },
      {
        user: { S: `3f0c ${signIn}` },
        code: { B: expect.any(String) },
        until: { N: String(NOON / 1000 + 120) },
        answers: { N: "0" },
      },
    ]);
    expect(aws.calls("Encrypt")[0]?.input).toEqual({
      KeyId: "key",
      Plaintext: Buffer.from(code).toString("base64"),
      EncryptionContext: { "sign-in": signIn, user: "3f0c", "userpool-id": "eu-west-1_Example" },
    });
  });

  it("makes codes that differ, though Math.random and the time stand still", () => {
    jest.spyOn(Math, "random").mockReturnValue(0.5);
    expect(new Set(Array.from({ length: 20 }, () => makeCode().code)).size).toBeGreaterThan(15);
  });

  it.each(["PASSWORD_VERIFIER", undefined, null])("is none of ours where the event asks for %s", async (name) => {
    const event = createEvent();
    const other = { ...event, request: { ...event.request, challengeName: name } };
    await expect(call(handler, settings(), other)).rejects.toThrow(new Error(NEUTRAL_MESSAGE));
    expect(log.lines()).toContain("the event asks for no CUSTOM_CHALLENGE");
    expect(aws.calls()).toEqual([]);
  });
});

it.each(["True", "TRUE", true])("goes to an address that Cognito says is verified by %j", async (email_verified) => {
  await challenge({ userAttributes: { ...ANN, email_verified } as Record<string, string> });
  expect(mails()).toHaveLength(1);
});

describe("a challenge that has no right answer", () => {
  const unverified = (changes: Record<string, string>): Who => ({ userAttributes: { ...ANN, ...changes } });

  it.each<[string, Who, string]>([
    ["whom nobody knows", NOBODY, "nobody has this name"],
    ["whom nobody knows, with attributes", { userNotFound: true }, "nobody has this name"],
    ["with an address not proven", unverified({ email_verified: "false" }), "the user has no verified address"],
    ["with an address perhaps proven", unverified({ email_verified: "1" }), "the user has no verified address"],
    ["without an address", unverified({ email: "" }), "the user has no verified address"],
    ["without a sub", unverified({ sub: "" }), "the event has no sub"],
  ])("is that of somebody %s: it looks like any other, and no mail leaves", async (_, who, reason) => {
    const known = await challenge({ userAttributes: BEN });
    const sent = mails().length;
    const { privateChallengeParameters, ...shown } = await challenge(who);
    expect(shown).toEqual({
      publicChallengeParameters: known.publicChallengeParameters,
      challengeMetadata: `CODE_BY_EMAIL ${privateChallengeParameters.signIn}`,
    });
    expect(known.challengeMetadata).toBe(`CODE_BY_EMAIL ${known.privateChallengeParameters.signIn}`);
    expect(Object.keys(privateChallengeParameters)).toEqual(Object.keys(known.privateChallengeParameters));
    expect(privateChallengeParameters.code).not.toMatch(/^\d{1,8}$/);
    expect(mails()).toHaveLength(sent);
    expect(log.lines()).toContain(reason);
    expect(await answer(privateChallengeParameters, privateChallengeParameters.code, who)).toBe(false);
  });

  it("is that of an event without a pool", async () => {
    const event = { ...createEvent(), userPoolId: undefined } as CreateEvent;
    await create(event, settings());
    expect(log.lines()).toContain("the event has no userPoolId");
    expect(aws.calls()).toEqual([]);
  });

  it.each([
    ["UpdateItem", "ProvisionedThroughputExceededException", "unavailable"],
    ["Encrypt", "KMSInvalidStateException", "unavailable"],
    ["PutItem", "ProvisionedThroughputExceededException", "unavailable"],
    ["SendEmail", "MessageRejected", "not mailed"],
  ])("is what a failing %s leaves (%s): the log says %s, and nothing of the person", async (operation, fault, said) => {
    aws.fail(operation, fault);
    const { privateChallengeParameters, ...shown } = await challenge();
    const { privateChallengeParameters: none, ...asToNobody } = await challenge(NOBODY);
    expect(shown.publicChallengeParameters).toEqual(asToNobody.publicChallengeParameters);
    expect(Object.keys(privateChallengeParameters)).toEqual(Object.keys(none));
    aws.mend(operation);
    expect(await answer(privateChallengeParameters)).toBe(false);
    expect(log.lines()).toContain(`"signInCode":"${said}","cause":"${fault}"`);
    expect(log.lines()).not.toMatch(PERSONAL);
  });
});

describe("each sign-in", () => {
  it("has a code and a mail of its own, though they begin at once", async () => {
    const [first = {}, second = {}] = await Promise.all([begun(), begun()]);
    expect(mails()).toHaveLength(2);
    expect([first.code === second.code, first.signIn === second.signIn]).toEqual([false, false]);
    expect(await answer(second)).toBe(true);
    expect(await answer(first)).toBe(true);
  });

  it("takes no code of another, before or after it", async () => {
    const first = await begun();
    const second = await begun();
    expect(await answer(first, second.code)).toBe(false);
    expect(await answer(second, first.code)).toBe(false);
  });

  it("never mails again, and keeps the code while it lives", async () => {
    const first = await begun();
    at(31);
    expect(await begun({ session: [wrong(first)] })).toEqual(first);
    at(119);
    expect(await begun({ session: [wrong(first), wrong(first)] })).toEqual(first);
    expect(mails()).toHaveLength(1);
  });

  it("asks for the code that was written last", async () => {
    const first = await begun();
    await begun({ session: [wrong(first)] });
    expect(aws.calls("GetItem").map(({ input }) => input)).toEqual([
      { TableName: "codes", Key: { user: { S: `3f0c ${first.signIn}` } }, ConsistentRead: true },
    ]);
  });

  it.each([120, 1000])("has no code once it has run out, %d s later", async (seconds) => {
    const first = await begun();
    at(seconds);
    const late = await begun({ session: [wrong(first)] });
    expect(await answer(late)).toBe(false);
    expect(mails()).toHaveLength(1);
  });

  it.each([undefined, null, "", "CODE_BY_EMAIL", "another"])(
    "has no code where the step before says no more than %j",
    async (challengeMetadata) => {
      const first = await begun();
      const next = await begun({ session: [{ ...wrong(first), challengeMetadata }] });
      expect([await answer(next), await answer(next, first.code), mails().length]).toEqual([false, false, 1]);
    },
  );

  it("counts a code's challenges only, not the password's", async () => {
    const password: Step[] = [
      { challengeName: "SRP_A", challengeResult: true },
      { challengeName: "PASSWORD_VERIFIER", challengeResult: true },
    ];
    await begun({ session: password });
    expect(mails()).toHaveLength(1);
  });

  it.each([
    ["pool", { userPoolId: "eu-west-1_Other" }],
    ["user", { request: { ...createEvent().request, userAttributes: BEN } }],
  ])("cannot read a code that was kept for another %s", async (_, changes) => {
    const first = await begun();
    const event = createEvent({ session: [wrong(first)] });
    const request = { ...event.request, ...("request" in changes ? changes.request : {}), session: [wrong(first)] };
    const { privateChallengeParameters } = await create({ ...event, ...changes, request } as CreateEvent, settings());
    expect(await answer(privateChallengeParameters)).toBe(false);
    expect(await answer(privateChallengeParameters, first.code)).toBe(false);
  });
});

describe("a user", () => {
  it("gets ten codes in ten minutes, and no mail for what goes beyond", async () => {
    for (let sent = 0; sent < 10; sent++) await begun();
    const eleventh = await begun();
    expect([await answer(eleventh), mails().length]).toEqual([false, 10]);
    expect(log.lines()).toContain("the user got too many codes");
    await begun({ userAttributes: BEN });
    expect(mails()).toHaveLength(11);
    at(600);
    expect(await answer(await begun())).toBe(true);
  });

  it("gets no more of them when they are asked for at once", async () => {
    await Promise.all(Array.from({ length: 15 }, () => begun()));
    expect(mails()).toHaveLength(10);
  });
});

describe("a mail", () => {
  it("that was refused leaves no code, and the next sign-in has another", async () => {
    aws.fail("SendEmail", "TooManyRequestsException");
    expect(await answer(await begun())).toBe(false);
    aws.mend("SendEmail");
    const second = await begun();
    expect(mailedCode()).toBe(second.code);
    expect(await answer(second)).toBe(true);
  });

  it("that was refused does not change an older code that is still valid", async () => {
    const first = await begun();
    aws.fail("SendEmail", "MessageRejected");
    await begun();
    expect(await answer(first)).toBe(true);
  });
});

describe("the time that a challenge takes", () => {
  it.each<[string, Who, string | undefined]>([
    ["is mailed", {}, undefined],
    ["is of nobody", NOBODY, undefined],
    ["has no address", { userAttributes: { sub: "3f0c" } }, undefined],
    ["is the second of its sign-in", { session: [wrong({ signIn: "x" })] }, undefined],
    ["fails", {}, "KMSInvalidStateException"],
  ])("is a second at least where it %s", async (_, who, fault) => {
    const twentieth = (ms?: number) => jest.requireActual("node:timers/promises").setTimeout(Number(ms) / 20);
    jest.mocked(setTimeout).mockImplementationOnce(twentieth);
    if (fault) aws.fail("Encrypt", fault);
    const started = performance.now();
    await challenge(who);
    expect(setTimeout).toHaveBeenLastCalledWith(1000);
    // A timer may fire up to a millisecond early.
    expect(performance.now() - started).toBeGreaterThan(48);
  });

  it("is within Cognito's 5 s though every call takes as long as it may", async () => {
    const deadlines = aws.hang("SendEmail");
    await begun();
    expect(deadlines).toHaveLength(4);
    expect(deadlines.reduce((sum, deadline) => sum + deadline)).toBeLessThan(4700);
  });

  it.each([
    ["Encrypt", false],
    ["PutItem", false],
    ["SendEmail", true],
    ["UpdateItem", false],
  ])("ends where %s never answers: whether somebody may have the code is %s", async (operation, expected) => {
    aws.hang(operation);
    const parameters = await begun();
    aws.mend(operation);
    expect(await answer(parameters)).toBe(expected);
    expect(log.lines().includes('"signInCode":"perhaps not mailed"')).toBe(expected);
  });
});

describe("an answer", () => {
  it.each<[string, (code: string) => string, boolean]>([
    ["the code", (code) => code, true],
    ["the code, with blanks around it", (code) => ` ${code}\n`, true],
    ["the code in two parts", (code) => `${code.slice(0, 4)} ${code.slice(4)}`, true],
    [
      "the code in full-width digits",
      (code) => code.replace(/\d/g, (one) => "０１２３４５６７８９"[Number(one)] ?? ""),
      true,
    ],
    ["the code and more", (code) => `${code}0`, false],
    ["a part of the code", (code) => code.slice(1), false],
    ["another code", (code) => code.replace(/\d$/, (last) => String((Number(last) + 1) % 10)), false],
    ["nothing", () => "", false],
  ])("that is %s", async (_, typed, expected) => {
    const parameters = await begun();
    expect(await answer(parameters, typed(parameters.code ?? ""))).toBe(expected);
  });

  it.each([
    ["12345678", true],
    ["12345679", false],
    ["1", false],
  ])("of %s is compared as long as any other", (typed, expected) => {
    const compared = jest.spyOn(crypto, "timingSafeEqual");
    expect(isRight({ code: "12345678", until: NOON / 1000 + 1 }, typed)).toBe(expected);
    expect(compared.mock.results).toEqual([{ type: "return", value: expected }]);
  });

  it.each([
    [119, true],
    [120, false],
    [121, false],
  ])("that comes after %d s is right: %s", async (seconds, expected) => {
    const parameters = await begun();
    at(seconds);
    expect(await answer(parameters)).toBe(expected);
  });

  it("of an unknown user is wrong, even with the code", async () => {
    expect(await answer(await begun(), undefined, { userNotFound: true })).toBe(false);
  });

  it("that is right uses the code up", async () => {
    const parameters = await begun();
    expect(await answer(parameters)).toBe(true);
    expect(await answer(parameters)).toBe(false);
  });

  it("that is right counts once, of many that came at once", async () => {
    const parameters = await begun();
    const outcomes = await Promise.all(Array.from({ length: 15 }, () => answer(parameters)));
    expect(outcomes.filter((right) => right)).toHaveLength(1);
  });

  it("is not compared after three, though the session is sent again", async () => {
    const parameters = await begun();
    for (let guess = 0; guess < 3; guess++) expect(await answer(parameters, "guess")).toBe(false);
    expect(await answer(parameters)).toBe(false);
  });

  it("is right after two that were wrong", async () => {
    const parameters = await begun();
    for (let guess = 0; guess < 2; guess++) expect(await answer(parameters, "guess")).toBe(false);
    expect(await answer(parameters)).toBe(true);
  });

  it.each([
    ["fails", () => aws.fail("UpdateItem", "ProvisionedThroughputExceededException")],
    ["never ends", () => aws.hang("UpdateItem")],
  ])("is wrong if the count %s", async (_, fault) => {
    const parameters = await begun();
    fault();
    expect(await answer(parameters)).toBe(false);
    expect(log.lines()).toContain('"signInCode":"not compared"');
    expect(log.lines()).not.toMatch(PERSONAL);
  });

  it("updates the table for every user, known or not, and creates no item", async () => {
    const none = { code: "x", until: String(NOON / 1000 + 1), signIn: "y" };
    await answer(none, "x", NOBODY);
    await answer(none, "x", { userAttributes: BEN });
    const keys = aws.calls("UpdateItem").map(({ input }) => input.Key.user.S);
    expect(keys).toEqual([expect.stringMatching(/^[0-9a-f-]{36} y$/), "77aa y"]);
    expect(aws.items()).toEqual([]);
  });

  it.each<[string, object | null]>([
    ["no parameters", null],
    ["empty parameters", {}],
    ["an empty code", { code: "", until: String(NOON / 1000 + 1), signIn: "y" }],
    ["no sign-in", { code: "12345678", until: String(NOON / 1000 + 1) }],
  ])("to a challenge with %s is wrong, and the log says why", async (_, parameters) => {
    const event = verifyEvent(parameters as Private, "");
    expect((await call(handler, settings(), event)).response).toEqual({ answerCorrect: false });
    expect(log.lines()).toContain("the event has no code in its privateChallengeParameters");
  });

  it.each(["", "soon"])("to a code without a time (%j) is wrong", async (until) => {
    expect(await answer({ ...(await begun()), until })).toBe(false);
  });
});

it("leads from the first event to tokens through one handler, and logs nothing personal", async () => {
  const define = (session: Step[]) =>
    call(handler, settings(), {
      ...cognitoEvent({ triggerSource: "DefineAuthChallenge_Authentication" }),
      request: { userAttributes: ANN, session },
    });
  expect((await define([])).response).toMatchObject({ challengeName: "CUSTOM_CHALLENGE", issueTokens: false });
  const { response } = await call(handler, settings(), createEvent());
  const { privateChallengeParameters } = response as { privateChallengeParameters: Private };
  const verified = await call(handler, settings(), verifyEvent(privateChallengeParameters, mailedCode()));
  expect(verified.response).toEqual({ answerCorrect: true });
  expect((await define([{ ...wrong({}), challengeResult: true }])).response).toMatchObject({ issueTokens: true });
  expect(log.lines()).not.toMatch(PERSONAL);
});

it("needs to know which of the three it is", async () => {
  const { triggerSource: _, ...event } = createEvent();
  await expect(call(handler, settings(), event)).rejects.toThrow(new Error(NEUTRAL_MESSAGE));
  expect(log.lines()).toContain("the event has no triggerSource");
});

it.each([{ subject: "Your code" }, { message: "{####}" }, { passwordFirst: "yes" }])(
  "refuses the settings %j",
  (wrong) => {
    expect(settingsSchema().safeParse(wrong).success).toBe(false);
  },
);
