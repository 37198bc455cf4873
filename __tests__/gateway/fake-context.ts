import type { ClientContext } from "../../gateway/context";
import { temporaryStore } from "./temporary-store";

/** The parts of a context that a test names. It must name all that its subject reads. */
type Parts = Partial<Omit<ClientContext, "aws">> & { readonly aws?: object };

/** A request of an app client, as far as a test needs it. */
export const fakeContext = (parts: Parts): ClientContext =>
  ({
    region: "eu-west-1",
    account: "000000000000",
    origin: "http://localhost:4566",
    operation: "SignUp",
    signed: false,
    poolId: "eu-west-1_abc",
    client: {},
    clientId: "client",
    triggerLog: [],
    ...parts,
  }) as unknown as ClientContext;

/** A store for all tests of a file, and contexts of pools in it that share nothing. */
export function withStore() {
  let store: Awaited<ReturnType<typeof temporaryStore>>;
  let pools = 0;
  beforeAll(async () => {
    store = await temporaryStore();
  });
  afterAll(() => store.remove());
  return (parts: Parts): ClientContext => fakeContext({ store, poolId: `eu-west-1_${pools++}`, ...parts });
}
