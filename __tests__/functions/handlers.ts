import type { TriggerEvent } from "../../functions/shared/event";
import { SETTINGS_VARIABLE } from "../../functions/shared/settings-object";

/** Calls a handler as Lambda does: settings in the environment, the event through JSON. */
export async function call<Event extends TriggerEvent>(
  handler: (event: Event) => Promise<Event>,
  settings: object,
  event: object,
): Promise<Event> {
  process.env[SETTINGS_VARIABLE] = JSON.stringify(settings);
  return handler(JSON.parse(JSON.stringify(event)));
}

/** What the handlers logged since the last test. */
export function captureLog(): { lines(): string } {
  const lines: string[] = [];
  beforeEach(() => {
    lines.length = 0;
    for (const level of ["info", "error"] as const) {
      jest.spyOn(console, level).mockImplementation((...line: unknown[]) => {
        lines.push(JSON.stringify(line[0], (_, value) => (value instanceof Error ? value.message : value)));
      });
    }
  });
  afterEach(() => jest.restoreAllMocks());
  return { lines: () => lines.join("\n") };
}

export interface EventParts {
  userName?: string;
  userAttributes?: Record<string, string>;
  triggerSource?: string;
  response?: object;
}

/** An event as Cognito sends it. */
export const cognitoEvent = (changes: EventParts = {}) => {
  const { userAttributes = {}, ...rest } = changes;
  return {
    version: "1",
    triggerSource: "PreSignUp_SignUp",
    region: "eu-west-1",
    userPoolId: "eu-west-1_Example",
    userName: "rroe",
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "client" },
    request: { userAttributes, validationData: null },
    response: {},
    ...rest,
  };
};
