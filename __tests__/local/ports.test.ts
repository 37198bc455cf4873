import { environments } from "../../lib/environments";
import { ACCOUNT, REGION } from "../../local/identifiers";
import { readPorts } from "../../local/ports";

describe("readPorts", () => {
  it("has defaults for both ports", () => {
    expect(readPorts({})).toEqual({ port: 4566, webPort: 5173 });
  });

  it("reads both variables", () => {
    const variables = { LOCAL_PORT: "65535", LOCAL_WEB_PORT: "80" };
    expect(readPorts(variables)).toEqual({ port: 65535, webPort: 80 });
  });

  it.each(["0", "65536", "-1", "80.5", "0x50", "http", " 80", "4566 "])(
    "refuses the port %j with a sentence",
    (port) => {
      const sentence = `LOCAL_PORT is "${port}", but it must be a port number from 1 to 65535.`;
      expect(() => readPorts({ LOCAL_PORT: port })).toThrow(sentence);
    },
  );

  it.each([
    [{ LOCAL_WEB_PORT: "4566" }, 'LOCAL_WEB_PORT is "4566", but LOCAL_PORT is the same port'],
    [{ LOCAL_PORT: "5173" }, 'LOCAL_WEB_PORT is "5173", but LOCAL_PORT is the same port'],
  ])("refuses the same port for both: %j", (variables, sentence) => {
    expect(() => readPorts(variables)).toThrow(sentence);
  });
});

it("names the account and Region of the environment `local`", () => {
  expect(environments({ ENVIRONMENT: "local" })).toMatchObject([{ account: ACCOUNT, region: REGION }]);
});
