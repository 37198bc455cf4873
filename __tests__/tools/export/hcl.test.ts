// biome-ignore-all lint/suspicious/noTemplateCurlyInString: They are the templates of Terraform.

import { block, body, expression } from "../../../tools/export/hcl";

describe("a text of Terraform's JSON", () => {
  it.each([
    ["a word", "plain", '"plain"'],
    ["nothing", "", '""'],
    ["a reference alone", "${aws_kms_key.a.arn}", "aws_kms_key.a.arn"],
    ["a reference with an index", "${aws_kms_key.a[0].arn}", "aws_kms_key.a[0].arn"],
    ["a reference in a text", "${aws_kms_key.a.arn}:*", '"${aws_kms_key.a.arn}:*"'],
    ["two references", "${a.b}${c.d}", '"${a.b}${c.d}"'],
    ["quotes", 'say "no"', '"say \\"no\\""'],
    ["JSON with a reference", '{"keyArn":"${aws_kms_key.a.arn}"}', '"{\\"keyArn\\":\\"${aws_kms_key.a.arn}\\"}"'],
    ["a function's text", '${formatdate("DDhhmmss", plantimestamp())}', 'formatdate("DDhhmmss", plantimestamp())'],
    ["braces in a reference", '${merge({"a" = "}"}, var.b)}', 'merge({"a" = "}"}, var.b)'],
    ["a reference in a function's text", '${upper("${a.b}}")}', 'upper("${a.b}}")'],
    ["a quote in a function's text", '${upper("\\"}")}', 'upper("\\"}")'],
    ["an escaped template", "$${not.one} %%{if}", '"$${not.one} %%{if}"'],
    ["a directive", "%{if a}b%{endif}", '"%{if a}b%{endif}"'],
    ["lines and a tab", "a\nb\r\tc", '"a\\nb\\r\\tc"'],
    ["a backslash", "a\\b", '"a\\\\b"'],
    ["a control character", "a\u0008b", '"a\\u0008b"'],
    ["letters of others", "Grüße 東京", '"Grüße 東京"'],
    ["a dollar", "5$ {a}", '"5$ {a}"'],
  ])("with %s", (_, text, hcl) => {
    expect(expression(text)).toBe(hcl);
  });

  it.each(["${a.b", '${upper("a)}', "%{if a"])("without an end is refused: %s", (text) => {
    expect(() => expression(text)).toThrow("does not end");
  });
});

describe("a value of Terraform's JSON", () => {
  it.each([
    ["a number", 12, "12"],
    ["a boolean", false, "false"],
    ["null", null, "null"],
    ["no members", {}, "{}"],
    ["no elements", [], "[]"],
    ["a list", ["a", 1], '[\n"a",\n1,\n]'],
    ["an object", { a: 1, "b c": 2, "${d.e}": 3 }, '{\na = 1\n"b c" = 2\nd.e = 3\n}'],
  ])("that is %s", (_, value, hcl) => {
    expect(expression(value)).toBe(hcl);
  });
});

describe("a block", () => {
  const schema = { block_types: { rule: { block: { block_types: { part: { block: {} } } } } } };

  it.each([
    ["an argument", { name: "a" }, 'name = "a"\n'],
    ["an argument that is an object", { tags: { a: "b" } }, 'tags = {\na = "b"\n}\n'],
    ["a block", { rule: { id: 1 } }, "rule {\nid = 1\n}\n"],
    ["an empty block", { rule: {} }, "rule {\n}\n"],
    ["blocks", { rule: [{ id: 1 }, { id: 2 }] }, "rule {\nid = 1\n}\nrule {\nid = 2\n}\n"],
    ["no block", { rule: [] }, ""],
    ["blocks in a block", { rule: { part: [{ a: 1 }] } }, "rule {\npart {\na = 1\n}\n}\n"],
    ["CDKTF's own notes", { "//": { metadata: {} } }, ""],
  ])("with %s", (_, content, hcl) => {
    expect(body(content, schema)).toBe(hcl);
  });

  it("has its labels", () => {
    expect(block("resource", ["aws_s3_bucket", "a-b"], "")).toBe('resource "aws_s3_bucket" "a-b" {\n}\n');
  });
});
