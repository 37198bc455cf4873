// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are the templates of Terraform.

import type { JsonObject } from "../../../tools/export/hcl";
import { constructFiles, providersFile } from "../../../tools/export/stack-files";

const SCHEMAS = {
  aws: {
    provider: { block: { block_types: { default_tags: { block: {} } } } },
    resource_schemas: { aws_pool: { block: { block_types: { policy: { block: {} } } } } },
    data_source_schemas: { aws_document: { block: {} } },
  },
};
const at = (path: string, checkov?: JsonObject) => ({ metadata: { path }, ...(checkov && { checkov }) });
const files = (stack: JsonObject) => Object.fromEntries(constructFiles(stack, SCHEMAS));

it("begins with the providers, which Terraform must know before it can say what a block is", () => {
  const required_providers = { aws: { source: "aws", version: "5.100.0" } };
  expect(providersFile({ terraform: { required_providers } })).toBe(
    'terraform {\nrequired_providers {\naws = {\nsource = "aws"\nversion = "5.100.0"\n}\n}\n}\n',
  );
});

it.each<[string, JsonObject, Record<string, string>]>([
  [
    "the backend",
    { terraform: { backend: { s3: { bucket: "state", endpoints: { s3: "http://localhost" } } } } },
    {
      "backend.tf": 'terraform {\nbackend "s3" {\nbucket = "state"\nendpoints = {\ns3 = "http://localhost"\n}\n}\n}\n',
    },
  ],
  [
    "a provider's settings",
    { provider: { aws: [{ region: "eu-west-1", default_tags: [{ tags: { a: "b" } }] }] } },
    { "providers.tf": 'provider "aws" {\nregion = "eu-west-1"\ndefault_tags {\ntags = {\na = "b"\n}\n}\n}\n' },
  ],
  [
    "what a construct of the stack has, in a file of its name",
    {
      data: { aws_document: { d: { "//": at("stack/verified/role/document"), id: "1" } } },
      resource: {
        aws_pool: { p: { "//": at("stack/verified/pool"), policy: { length: 12 } }, q: { "//": at("stack/list") } },
      },
    },
    {
      "verified.tf":
        '# role/document\ndata "aws_document" "d" {\nid = "1"\n}\n\n# pool\nresource "aws_pool" "p" {\npolicy {\nlength = 12\n}\n}\n',
      "list.tf": 'resource "aws_pool" "q" {\n}\n',
    },
  ],
  [
    "references without quotes, where Terraform wants them so",
    {
      resource: {
        aws_pool: {
          p: {
            "//": at("stack/verified/pool"),
            depends_on: ["aws_pool.q"],
            provider: "aws.other",
            lifecycle: { prevent_destroy: true, ignore_changes: ["name"], precondition: [{ condition: "${a.b}" }] },
          },
          all: { "//": at("stack/verified/pool"), lifecycle: { ignore_changes: "all" } },
        },
      },
      moved: [{ from: "aws_pool.old", to: "aws_pool.p" }],
    },
    {
      "verified.tf":
        '# pool\nresource "aws_pool" "p" {\nprovider = aws.other\ndepends_on = [\naws_pool.q,\n]\nlifecycle {\nprevent_destroy = true\nignore_changes = [\nname,\n]\nprecondition {\ncondition = a.b\n}\n}\n}\n\n' +
        '# pool\nresource "aws_pool" "all" {\nlifecycle {\nignore_changes = all\n}\n}\n',
      "moved.tf": "moved {\nfrom = aws_pool.old\nto = aws_pool.p\n}\n",
    },
  ],
  [
    "the scanner's exceptions, as the scanner reads them",
    {
      resource: {
        aws_pool: { p: { "//": at("stack/verified/pool", { skip: [{ id: "CKV_1", comment: "It has none." }] }) } },
      },
    },
    { "verified.tf": '# pool\nresource "aws_pool" "p" {\n#checkov:skip=CKV_1:It has none.\n}\n' },
  ],
  [
    "Terraform's own resource",
    {
      resource: {
        terraform_data: { d: { "//": at("stack/verified/in-use"), triggers_replace: { a: "${aws_pool.p.id}" } } },
      },
    },
    { "verified.tf": '# in-use\nresource "terraform_data" "d" {\ntriggers_replace = {\na = aws_pool.p.id\n}\n}\n' },
  ],
  [
    "outputs",
    { output: { pools: { value: { verified: "${aws_pool.p.id}" } } } },
    { "outputs.tf": 'output "pools" {\nvalue = {\nverified = aws_pool.p.id\n}\n}\n' },
  ],
])("prints %s", (_, stack, printed) => {
  expect(files(stack)).toEqual(printed);
});

it.each<[string, JsonObject, string]>([
  ["a part that it does not know", { variable: {} }, 'The stack has "variable", which the export cannot print.'],
  ["a setting of Terraform", { terraform: { cloud: {} } }, 'The stack has "cloud", which the export cannot print.'],
  ["a resource of no provider", { resource: { other: { o: {} } } }, "No provider has the resource other."],
  ["a data source of no provider", { data: { aws_pool: { o: {} } } }, "No provider has the data source aws_pool."],
])("refuses %s", (_, stack, sentence) => {
  expect(() => files(stack)).toThrow(sentence);
});
