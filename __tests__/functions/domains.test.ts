import { type Domain, domainOf, listedDomain, normalDomain } from "../../functions/shared/domains";

const ZERO_WIDTH_SPACE = "\u200b";
const ZERO_WIDTH_JOINER = "\u200d";
const ZERO_WIDTH_NON_JOINER = "\u200c";
const SOFT_HYPHEN = "\u00ad";
const BYTE_ORDER_MARK = "\ufeff";
const RIGHT_TO_LEFT_OVERRIDE = "\u202e";

describe("normalDomain", () => {
  it.each([
    ["capitals", "EXAMPLE.Com", "example.com"],
    ["the root's dot", "example.com.", "example.com"],
    ["more than one of them", "example.com.。", "example.com"],
    ["white space around", " \t\u3000example.com\r\n", "example.com"],
    ["an internationalized name", "bücher.example", "xn--bcher-kva.example"],
    ["one in capitals", "BÜCHER.example", "xn--bcher-kva.example"],
    ["its punycode in capitals", "XN--BCHER-KVA.example", "xn--bcher-kva.example"],
    ["a decomposed letter (NFD)", "bu\u0308cher.example", "xn--bcher-kva.example"],
    ["marks in the order of Unicode", "α\u0301\u0345.example", "xn--hxa0a.example"],
    ["marks in another order, of which UTS 46 makes a letter", "α\u0345\u0301.example", "xn--hxa0a.example"],
    ["a compatible letter (NFKC)", "ⓔⓧａｍｐﬁ.example", "exampfi.example"],
    ["full-width letters and dot", "ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"],
    ["an ideographic dot", "example。com", "example.com"],
    ["its half-width form", "example｡com", "example.com"],
    ["a zero width space", `exam${ZERO_WIDTH_SPACE}ple.com`, "example.com"],
    ["a soft hyphen", `exam${SOFT_HYPHEN}ple.com`, "example.com"],
    ["a byte order mark", `${BYTE_ORDER_MARK}example.com`, "example.com"],
    ["a change of direction", `${RIGHT_TO_LEFT_OVERRIDE}example.com`, "example.com"],
    ["an invisible letter", "example\u115f.com", "example.com"],
    ["an invisible character around white space", `example.com ${ZERO_WIDTH_SPACE}`, "example.com"],
    ["a sharp s, which is a letter of its own", "faß.example", "xn--fa-hia.example"],
    ["its capital", "FAẞ.example", "xn--fa-hia.example"],
    ["an underscore", "my_host.example", "my_host.example"],
    ["a host name", "localhost", "localhost"],
    ["a joiner where the script needs it", `نامه${ZERO_WIDTH_NON_JOINER}ای.example`, "xn--mgba3gch31f060k.example"],
    ["a name of 253", `${"a.".repeat(126)}a`, `${"a.".repeat(126)}a`],
    ["a label of 63", `${"a".repeat(63)}.example`, `${"a".repeat(63)}.example`],
  ])("reads %s", (_, domain, normal) => {
    expect(normalDomain(domain)).toBe(normal);
  });

  it.each([
    ["nothing", ""],
    ["white space", " "],
    ["a dot", "."],
    ["an empty label", "example..com"],
    ["an empty first label", ".example.com"],
    ["white space inside", "example. com"],
    ["a line break inside", "example\n.com"],
    ["a path", "example.com/x"],
    ["a path of Windows", "example.com\\x"],
    ["a query", "example.com?x"],
    ["a fragment", "example.com#x"],
    ["a port", "example.com:25"],
    ["an escape of URLs", "%65xample.com"],
    ["one in full-width", "％65xample.com"],
    ["a comment", "example.com(comment)"],
    ["a wildcard", "*.example.com"],
    ["an address", "a@example.com"],
    ["an address in full-width", "a＠example.com"],
    ["an address literal", "[127.0.0.1]"],
    ["an address literal of IPv6", "[IPv6:::1]"],
    ["an IPv6 address as URLs write it", "[::1]"],
    ["an IPv4 address", "127.0.0.1"],
    ["a short IPv4 address", "127.1"],
    ["a number", "2130706433"],
    ["a number and dots", "2130706433.。"],
    ["a hexadecimal number", "0x7f000001"],
    ["one and dots", "0x7f000001.."],
    ["a joiner where no script needs it", `exam${ZERO_WIDTH_JOINER}ple.com`],
    ["a hyphen first", "-example.com"],
    ["a hyphen last", "example-.com"],
    ["punycode of plain ASCII", "xn--example-.com"],
    ["half a character", "exam\ud800ple.com"],
    ["a control character", "exam\u0000ple.com"],
    ["a label of 64", `${"a".repeat(64)}.example`],
    ["an internationalized label of 64 in ASCII", `${"ü".repeat(60)}.example`],
    ["a name of 254", `${"a.".repeat(126)}aa`],
  ])("does not take %s for a domain", (_, domain) => {
    expect(normalDomain(domain)).toBeUndefined();
  });
});

describe("domainOf", () => {
  it.each([
    ["nothing special", "a@example.com"],
    ["a plus", "a+b@example.com"],
    ["a quoted @", '"a@b"@example.com'],
    ["a quoted quote", '"a\\"@b"@example.com'],
    ["white space around it", " a@example.com\n"],
    ["white space around its @", "a @ example.com"],
    ["white space around a quoted @", ' "a@b" @ example.com'],
    ["an internationalized local part", "bücher@example.com"],
    ["a byte order mark", `${BYTE_ORDER_MARK}a@example.com`],
  ])("finds the domain of an address with %s", (_, address) => {
    expect(domainOf(address)).toBe("example.com");
  });

  it.each([
    ["an empty address", ""],
    ["white space", " "],
    ["an address without @", "example.com"],
    ["an address without local part", "@example.com"],
    ["an address without domain", "a@"],
    ["an address with several @", "a@example.com@example.org"],
    ["one with another @ after a quoted one", '"a@b"@example.com@example.org'],
    ["one with a quote that never ends", '"a@example.com'],
    ["one with an escaped quote that never ends", '"a\\"@example.com'],
    ["one with a comment before the @", "a(@example.org)@example.com"],
    ["one with a comment after it", "a@example.com(@example.org)"],
    ["one with a comment that never ends", "a@example.org(@example.com"],
    ["one with an escaped @", "a\\@example.org@example.com"],
    ["one with a name before it", "Rroe <a@example.com>"],
    ["two addresses", "a@example.com, b@example.com"],
    ["one with a route before it", "@example.org:a@example.com"],
    ["an address literal", "a@[127.0.0.1]"],
    ["one with a full-width @", "a＠example.com"],
    ["one whose local part is two", '"a" b@example.com'],
  ])("finds no domain in %s", (_, address) => {
    expect(domainOf(address)).toBeUndefined();
  });

  it.each([...'"(),:;<>[\\]'])("finds no domain where an unquoted %s stands before the @", (special) => {
    expect(domainOf(`a${special}b@example.com`)).toBeUndefined();
  });
});

describe("listedDomain", () => {
  const domain = (text: string) => normalDomain(text) as Domain;

  it.each([
    ["itself", "example.com", "example.com"],
    ["its punycode", "bücher.example", "xn--bcher-kva.example"],
    ["what its punycode says", "xn--bcher-kva.example", "BÜCHER.example."],
  ])("finds a domain by %s, and gives it as listed", (_, name, listed) => {
    expect(listedDomain(domain(name), ["a.example", listed])).toBe(listed);
  });

  it.each([
    ["a domain that ends alike", "notexample.com"],
    ["a domain that begins alike", "example.com.evil.example"],
    ["the domain above", "com"],
    ["another top-level domain", "example.org"],
  ])("does not find %s, with or without sub-domains", (_, name) => {
    expect(listedDomain(domain(name), ["example.com"])).toBeUndefined();
    expect(listedDomain(domain(name), ["example.com"], { includeSubdomains: true })).toBeUndefined();
  });

  it("finds sub-domains when asked, and only then", () => {
    const sub = domain("mail.bücher.example");
    expect(listedDomain(sub, ["bücher.example"])).toBeUndefined();
    expect(listedDomain(sub, ["bücher.example"], { includeSubdomains: false })).toBeUndefined();
    expect(listedDomain(sub, ["bücher.example"], { includeSubdomains: true })).toBe("bücher.example");
  });

  it.each([[[]], [["", ".", "*", "[127.0.0.1]"]]])("finds nothing in %j", (list) => {
    for (const name of ["example.com", "example.undefined"])
      expect(listedDomain(domain(name), list, { includeSubdomains: true })).toBeUndefined();
  });
});
