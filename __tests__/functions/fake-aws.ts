import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { Failure, type Item, OPERATIONS, type Services } from "./fake-services";

/** A request as it came in: what it asks of AWS, as `PutItem` or `SendEmail`, or a webhook's path, and with what. */
interface Call {
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: what services are asked has as many shapes as they have operations
  readonly input: any;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Whether more seems to come, and never does. */
  readonly unfinished?: boolean;
}

/** AWS as the functions see it, behind AWS_ENDPOINT_URL; every other path of it is a webhook that takes everything. */
export function fakeAws() {
  const calls: Call[] = [];
  const planned = new Map<string, (input: Call["input"]) => Promise<Answer>>();
  const services: Services = { items: new Map(), secret: "" };
  let passDeadline = () => {};

  const served = async ({ operation, input }: Call): Promise<Answer> => {
    try {
      const own = planned.get(operation);
      return own ? await own(input) : { body: JSON.stringify(OPERATIONS[operation]?.(input, services) ?? {}) };
    } catch (error) {
      const { code, more, message } = error instanceof Failure ? error : new Failure(`Broken: ${error}`);
      const body = JSON.stringify({ __type: `com.amazonaws#${code}`, message, ...more });
      return { status: 400, headers: { "x-amzn-errortype": code }, body };
    }
  };
  const server = createServer(async (request, response) => {
    const call = callOf(request.url ?? "", request.headers, await text(request));
    calls.push(call);
    const { status = 200, headers, body = "", unfinished } = await served(call);
    if (!unfinished) response.writeHead(status, headers).end(body);
    else if (body) response.writeHead(status, headers).write(body);
    else passDeadline();
  });
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: address(),
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const { timeout } = AbortSignal;
  beforeEach(() => {
    // A busy machine must not fail a test: deadlines as they are set in AWS come twenty times later.
    jest
      .spyOn(AbortSignal, "timeout")
      .mockImplementation((milliseconds) => timeout.call(AbortSignal, milliseconds * (milliseconds < 500 ? 1 : 20)));
    calls.length = 0;
    planned.clear();
    services.items.clear();
    services.secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
  });

  const answer = (operation: string, own: Answer) => planned.set(operation, async () => own);
  return {
    address,
    services,
    calls: (operation?: string) => calls.filter((call) => !operation || call.operation === operation),
    forget: () => {
      calls.length = 0;
    },
    items: () => [...services.items.values()],
    put: (item: Item) => OPERATIONS.PutItem?.({ Item: item }, services),
    /** Answers so, whatever is asked. */
    answer,
    /** Answers what some work gives. */
    serve: (operation: string, own: (input: Call["input"]) => Promise<object>) =>
      planned.set(operation, async (input) => ({ body: JSON.stringify(await own(input)) })),
    /** Fails, with a code or otherwise, or with what some work throws. */
    fail: (operation: string, failure: string | Failure | ((input: Call["input"]) => Promise<void>)) =>
      planned.set(operation, async (input) => {
        if (typeof failure === "function") await failure(input);
        throw typeof failure === "string" ? new Failure(failure) : failure;
      }),
    mend: (operation: string) => planned.delete(operation),
    /** Never answers; nobody waits for the deadline of such a call. Gives the deadlines of all calls from now on. */
    hang(operation: string): number[] {
      const deadlines: number[] = [];
      jest.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
        const controller = new AbortController();
        deadlines.push(milliseconds);
        passDeadline = () => controller.abort(new DOMException("The deadline has passed", "TimeoutError"));
        return controller.signal;
      });
      answer(operation, { unfinished: true });
      return deadlines;
    },
  };
}

function callOf(path: string, headers: IncomingHttpHeaders, body: string): Call {
  const input = headers["content-type"]?.includes("json")
    ? JSON.parse(body)
    : Object.fromEntries(new URLSearchParams(body));
  const [, target] = String(headers["x-amz-target"] ?? "").split(".");
  const operation = target ?? input.Action ?? (path === "/v2/email/outbound-emails" ? "SendEmail" : path);
  return { operation, input, headers, body };
}
