import { createServer } from "node:net";
import { TERRAFORM_VERSION } from "../../lib/terraform";
import { freePort, isVersion, PYTHON_VERSIONS, requireFreePort, TERRAFORM_VERSIONS } from "../../local/prerequisites";

describe("isVersion", () => {
  it.each([
    ["1.10.0", true],
    ["1.9.8", false],
    ["1.11.4", true],
    ["2.0.0", true],
    ["0.15.5", false],
    ["1.12.0-beta1", true],
    ["nothing", false],
  ])("of Terraform %s: %s", (version, fits) => {
    expect(isVersion(version, TERRAFORM_VERSIONS)).toBe(fits);
  });

  it.each([
    ["3.10.0", true],
    ["3.9.18", false],
    ["3.14.0", true],
    ["2.7.18", false],
  ])("of Python %s: %s", (version, fits) => {
    expect(isVersion(version, PYTHON_VERSIONS)).toBe(fits);
  });
});

it("requires the same Terraform as the stacks", () => {
  expect(TERRAFORM_VERSIONS).toBe(TERRAFORM_VERSION.replace(" ", ""));
});

describe("requireFreePort", () => {
  it("accepts a free port", async () => {
    await requireFreePort(await freePort(), "LOCAL_PORT");
  });

  it("names the port in use and the variable that changes it", async () => {
    const port = await freePort();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    await expect(requireFreePort(port, "LOCAL_PORT")).rejects.toThrow(
      `Port ${port} is in use: stop the program that uses it, or set LOCAL_PORT to another port.`,
    );
    await new Promise((resolve) => server.close(resolve));
  });
});
