import fc from "fast-check";
import { activeBlock } from "../../functions/shared/block-list";
import { blockOf, normalEntry, normalStored, timeOf } from "../../tools/block-entries";

const NOW = Date.UTC(2030, 0, 1);

describe("an entry", () => {
  it.each([
    ["user:rroe", "user:rroe"],
    ["user:RRoe", "user:rroe"],
    [" user:rroe ", "user:rroe"],
    ["user:Jane@Example.com", "user:jane@example.com"],
    ["user:0f8fad5b-d9cb-469f-a165-70867728950e", "user:0f8fad5b-d9cb-469f-a165-70867728950e"],
    ["user:a,b:c", "user:a,b:c"],
    ["user:ÄRGER", "user:ärger"],
    ["user:Zoe\u0308", "user:zoë"],
    ["user:STRAẞE", "user:strasse"],
    ["user:Jörg@Bücher.example", "user:jörg@xn--bcher-kva.example"],
    ["user:+31612345678", "user:+31612345678"],
    ["user:+31 6 1234-5678", "user:+31612345678"],
    ["domain:Example.COM.", "domain:example.com"],
    ["domain:bücher.example", "domain:xn--bcher-kva.example"],
    ["domain:mail.example.com", "domain:mail.example.com"],
  ])("%s is kept as %s, which the triggers look for", (written, kept) => {
    expect(normalEntry(written)).toBe(kept);
  });

  it.each([
    ["", "entry is"],
    ["rroe", "entry is"],
    ["User:rroe", "entry is"],
    ["email:a@example.com", "entry is"],
    ["user:", "user is"],
    ["user:a b", "user is"],
    ["user:a\u200bb", "user is"],
    ["user:\u3164", "user is"],
    [`user:${"\ufdfa".repeat(100)}`, "user is"],
    ["user:a\u001b[2J", "user is"],
    [`user:${"a".repeat(501)}`, "user is"],
    ["domain:", "domain is"],
    ["domain:com", "domain is"],
    ["domain:*.example.com", "domain is"],
    ["domain:@example.com", "domain is"],
    ["domain:127.0.0.1", "domain is"],
  ])("%j is refused", (written, start) => {
    expect(() => normalEntry(written)).toThrow(start);
  });

  it.each([
    ["user:straße", "user:strasse"],
    ["user:jörg@bücher.example", "user:jörg@xn--bcher-kva.example"],
    ["domain:bücher.example", "domain:xn--bcher-kva.example"],
    ["user:", "user:"],
    ["domain:127.0.0.1", "domain:127.0.0.1"],
    ["other:Thing", "other:Thing"],
    [`user:${"\ufdfa".repeat(400)}`, `user:${"\ufdfa".repeat(400)}`],
  ])("in the table as %s is rewritten as %s", (stored, normal) => {
    expect(normalStored(stored)).toBe(normal);
  });

  it("that was written in lower case is rewritten as what is written today", () => {
    const names = fc.oneof(fc.emailAddress(), fc.string({ unit: "binary", maxLength: 20 }));
    fc.assert(
      fc.property(names, (name) => {
        expect(normalStored(`user:${name.toLowerCase()}`)).toBe(normalStored(`user:${name}`));
      }),
      { numRuns: 1000 },
    );
  });

  it("is refused with its value and what is allowed", () => {
    expect(() => normalEntry("rroe")).toThrow(
      'entry is "rroe", but it must be user:<name, sub, address or phone number> or domain:<domain>.',
    );
  });
});

describe("until", () => {
  it.each([
    ["2030-12-31", "2030-12-31T23:59:59Z"],
    ["2030-01-01", "2030-01-01T23:59:59Z"],
    ["2032-02-29", "2032-02-29T23:59:59Z"],
    ["2030-12-31T18:00Z", "2030-12-31T18:00:00Z"],
    ["2030-12-31T18:00:30+02:00", "2030-12-31T16:00:30Z"],
    ["2030-12-31T18:00:00.5Z", "2030-12-31T18:00:01Z"],
  ])("%s is %s", (written, time) => {
    const { until } = blockOf({ entry: "user:a", until: written }, NOW);
    expect(timeOf(until ?? 0)).toBe(time);
  });

  it.each([
    "tomorrow",
    "2030-02-29",
    "2030-12-31T18:00",
    "2030-12-31T18:00+0200",
    "31.12.2030",
    "1924905600",
    "12030-01-01",
  ])("%s is no time", (until) => {
    expect(() => blockOf({ entry: "user:a", until }, NOW)).toThrow(
      `until is "${until}", but it must be a day (2030-12-31) or a time with its zone (2030-12-31T18:00Z).`,
    );
  });

  it.each(["2029-12-31", "2030-01-01T00:00:00Z"])("%s has passed", (until) => {
    expect(() => blockOf({ entry: "user:a", until }, NOW)).toThrow("must be in the future");
  });

  it("is valid until its last second, as the triggers read it", () => {
    const block = blockOf({ entry: "user:a", until: "2030-06-30" }, NOW);
    expect(activeBlock([block], Date.UTC(2030, 5, 30, 23, 59, 58))).toBe(block);
    expect(activeBlock([block], Date.UTC(2030, 6, 1))).toBeUndefined();
  });

  it("can be shown, whatever the table contains", () => {
    expect(timeOf(Number.MAX_SAFE_INTEGER)).toBe("9999-12-31T23:59:59Z");
  });
});

describe("a reason", () => {
  it("is stored unchanged", () => {
    expect(blockOf({ entry: "user:a", reason: "Sent spam, twice" })).toEqual({
      entry: "user:a",
      reason: "Sent spam, twice",
    });
  });

  it.each(["two\nlines", "a\ttab", "\u001b[2J", "a".repeat(501)])("%j is refused", (reason) => {
    expect(() => blockOf({ entry: "user:a", reason })).toThrow("reason is");
  });
});
