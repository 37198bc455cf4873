import { createServer } from "node:net";
import { TERRAFORM_VERSION } from "../../lib/terraform";
import {
  freePort,
  isVersion,
  NODE_VERSIONS,
  PYTHON_VERSIONS,
  requireFreePort,
  requireNode,
  TERRAFORM_VERSIONS,
} from "../../local/prerequisites";
import { forgetCloudVariables, withoutCloudVariables } from "../../local/shell-variables";
import { engines } from "../../package.json";

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

it("refuses a Node.js that is too old for the page, before anything starts", () => {
  expect(() => requireNode("v18.20.8")).toThrow(
    "Node.js v18.20.8 is too old: install version 20.19 or newer from https://nodejs.org.",
  );
  requireNode("v20.19.0");
  requireNode("v24.1.0");
});

describe("variables of a shell", () => {
  it.each([
    ["AWS_PROFILE", false],
    ["TF_CLI_ARGS", false],
    ["TF_CLI_ARGS_plan", false],
    ["TF_WORKSPACE", false],
    ["TF_REATTACH_PROVIDERS", false],
    ["TERRAFORM_BINARY_NAME", false],
    ["CDKTF_OUTDIR", false],
    ["PYTHONHOME", false],
    ["PYTHONPATH", false],
    ["PIP_USER", false],
    ["PIP_INDEX_URL", true],
    ["TF_CLI_CONFIG_FILE", true],
    ["TF_PLUGIN_CACHE_DIR", true],
    ["HTTPS_PROXY", true],
    ["PATH", true],
  ])("%s reaches Terraform: %s", (name, reaches) => {
    expect(name in withoutCloudVariables({ [name]: "x" })).toBe(reaches);
  });

  it("do not reach the AWS SDK in this process either", () => {
    const variables = { AWS_USE_FIPS_ENDPOINT: "true", PYTHONHOME: "/usr", PATH: "/bin" };
    forgetCloudVariables(variables);
    expect(variables).toEqual({ PATH: "/bin" });
  });
});

it("requires the same versions as the rest of the project", () => {
  expect(NODE_VERSIONS).toBe(engines.node);
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
