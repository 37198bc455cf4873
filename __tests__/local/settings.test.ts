import { environments } from "../../lib/environments";
import { ACCOUNT, REGION, readSettings } from "../../local/settings";

describe("readSettings", () => {
  it("needs no variables", () => {
    expect(readSettings({})).toEqual({ port: 4566, webPort: 5173 });
  });

  it("takes the ports that are named", () => {
    const variables = { LOCAL_PORT: "65535", LOCAL_WEB_PORT: "80" };
    expect(readSettings(variables)).toEqual({ port: 65535, webPort: 80 });
  });

  it.each(["0", "65536", "-1", "80.5", "0x50", "http", " 80", "4566 "])(
    "refuses the port %j with a sentence",
    (port) => {
      const sentence = `LOCAL_PORT is "${port}", but it must be a port number from 1 to 65535.`;
      expect(() => readSettings({ LOCAL_PORT: port })).toThrow(sentence);
    },
  );

  it.each([
    [{ LOCAL_WEB_PORT: "4566" }, 'LOCAL_WEB_PORT is "4566", but that is LOCAL_PORT\'s'],
    [{ LOCAL_PORT: "5173" }, 'LOCAL_WEB_PORT is "5173", but that is LOCAL_PORT\'s'],
  ])("refuses one port for two: %j", (variables, sentence) => {
    expect(() => readSettings(variables)).toThrow(sentence);
  });
});

it("agrees with the local environment", () => {
  expect(environments({ ENVIRONMENT: "local" })).toMatchObject([{ account: ACCOUNT, region: REGION }]);
});
