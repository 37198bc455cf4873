import { sendMail } from "../../functions/shared/mail";
import { callService, ServiceError } from "../../functions/shared/service";
import { fakeAws } from "./fake-aws";

const { answer, calls } = fakeAws();

const failure = (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => Promise.reject("no failure"),
    (error) => error,
  );
const decrypt = (deadline?: number) => callService("kms", "TrentService.Decrypt", {}, { deadline });
const mail = () => sendMail({ from: "a@example.com", to: "b@example.com", subject: "c", html: "d" });

it.each([
  ["a plain code", 400, { __type: "ValidationException" }, "ValidationException"],
  ["a code with its shape", 400, { __type: "com.amazonaws.kms#NotFoundException" }, "NotFoundException"],
  ["no code", 503, {}, "503"],
])("reads %s of a service's refusal", async (_, status, body, name) => {
  answer("Decrypt", { status, body: JSON.stringify({ ...body, message: "of b@example.com" }) });
  const error = await failure(decrypt());
  expect(error).toBeInstanceOf(ServiceError);
  expect([error.name, error.message]).toEqual([name, "TrentService.Decrypt failed"]);
  expect((error as ServiceError).answer()).toMatchObject(body);
});

it.each([200, 502])("quotes nothing of an answer that it cannot read (%d)", async (status) => {
  answer("Decrypt", { status, body: '{"Plaintext":123456,b@example.com' });
  const error = await failure(decrypt());
  expect(error).toBeInstanceOf(ServiceError);
  expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/Plaintext|123456|b@/);
});

it.each([
  ["headers", {}],
  ["body", { body: "{" }],
])("waits for an answer's %s as long as it is told", async (_, part) => {
  answer("Decrypt", { ...part, unfinished: true });
  const started = performance.now();
  expect((await failure(decrypt(100))).name).toBe("TimeoutError");
  expect(performance.now() - started).toBeLessThan(1000);
});

it.each([
  ["MessageRejected", "MessageRejected"],
  ["AccessDeniedException:http://internal.amazon.com/coral/com.amazon.coral.service/", "AccessDeniedException"],
  [undefined, "400"],
])("reads the code %s of a mail that was refused", async (header, name) => {
  answer("SendEmail", {
    status: 400,
    headers: header ? { "x-amzn-errortype": header } : undefined,
    body: JSON.stringify({ message: "Email address is not verified: b@example.com" }),
  });
  const error = await failure(mail());
  expect(error).toBeInstanceOf(ServiceError);
  expect([error.name, error.message]).toEqual([name, "SES SendEmail failed"]);
});

it("tells SES where answers to a mail go, if they go to another address", async () => {
  await sendMail({ from: "a@example.com", to: "b@example.com", replyTo: "help@example.com", subject: "c", html: "d" });
  await mail();
  const inputs = calls("SendEmail").map(({ input }) => input.ReplyToAddresses);
  expect(inputs).toEqual([["help@example.com"], undefined]);
});
