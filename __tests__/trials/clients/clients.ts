import { STEPS, type Step } from "./steps";

/** A client that others wrote, and how it takes the walk. */
export interface Client {
  readonly name: string;
  readonly version: string;
  /** Who gives it: each in a scratch folder of its own. */
  readonly from: "PyPI" | "npm" | "Go modules";
  /** The exact versions to install. What Go installs is in programs/go/go.mod. */
  readonly packages: readonly string[];
  /** The program in `programs/`. */
  readonly program: string;
  /** How it finds the local cloud. */
  readonly found: string;
  /** What it has no call for. */
  readonly without: readonly Step[];
  /** Steps with another outcome than the others', because the client makes that of the answer. */
  readonly otherwise?: Partial<Record<Step, string>>;
}

const SESSION_AGAIN = "use the session of the first sign-in";
const SRP = "sign in with SRP";

export const CLIENTS: readonly Client[] = [
  {
    name: "boto3",
    version: "1.44.8",
    from: "PyPI",
    packages: ["boto3==1.44.8"],
    program: "boto3-walk.py",
    found: "`AWS_ENDPOINT_URL`",
    without: [SRP],
  },
  {
    name: "pycognito",
    version: "2024.5.1",
    from: "PyPI",
    packages: ["pycognito==2024.5.1", "boto3==1.44.8"],
    program: "pycognito-walk.py",
    found: "`AWS_ENDPOINT_URL`, and `COGNITO_JWKS` with the pool's keys",
    without: [],
  },
  {
    name: "AWS command line",
    version: "1.46.3",
    from: "PyPI",
    packages: ["awscli==1.46.3"],
    program: "aws-walk.sh",
    found: "`AWS_ENDPOINT_URL`",
    without: [SRP],
  },
  {
    name: "amazon-cognito-identity-js",
    version: "6.3.21",
    from: "npm",
    packages: ["amazon-cognito-identity-js@6.3.21"],
    program: "identity-walk.mjs",
    found: "`endpoint` of its `CognitoUserPool`",
    without: [SESSION_AGAIN],
  },
  {
    name: "aws-amplify",
    version: "6.22.1",
    from: "npm",
    packages: ["aws-amplify@6.22.1"],
    program: "amplify-walk.mjs",
    found: "`userPoolEndpoint` of `Auth.Cognito`",
    without: [SESSION_AGAIN],
    otherwise: {
      "sign in before the code was typed": "CONFIRM_SIGN_UP",
      "sign in, and be asked for its code": "CONFIRM_SIGN_IN_WITH_TOTP_CODE",
      "use the old refresh token": "signed out",
    },
  },
  {
    name: "AWS SDK for Go",
    version: "1.61.0",
    from: "Go modules",
    packages: [],
    program: "go",
    found: "`BaseEndpoint`",
    without: [SRP],
  },
];

/** What a client must print, step by step. */
export function expectedOf({ without, otherwise = {} }: Client): { step: string; did: string }[] {
  return Object.entries({ ...STEPS, ...otherwise })
    .filter(([step]) => !without.some((absent) => absent === step))
    .map(([step, did]) => ({ step, did }));
}
