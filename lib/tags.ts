import { z } from "zod";

/** The tags that every resource has. */
const OWN = ["app", "environment", "managed-by"];

/** An object in S3 may have 10 tags, and the functions' code is such objects. Other resources may have more. */
const MOST = 10 - OWN.length;

/** Letters, digits, spaces and these signs: what all the services take. */
const TEXT = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;

const CHARACTERS = "letters, digits, spaces and _.:/=+-@";

/**
 * The tags that an environment gives to all its resources, beside those that every resource has.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html
 */
export const tagsSchema = () =>
  z
    .record(z.string(), z.string().max(256, "must be 256 characters at most").regex(TEXT, `must be ${CHARACTERS}`), {
      error: 'must be an object such as { team: "accounts" }',
    })
    .superRefine((tags, context) => {
      const names = Object.keys(tags);
      const refuse = (name: string, message: string) =>
        context.addIssue({ code: "custom", path: [name], input: tags[name], message });
      names.forEach((name, index) => {
        const message = mistake(name);
        const before = names.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
        if (message) refuse(name, message);
        else if (before) refuse(name, `must have another name than "${before}": IAM ignores the case`);
      });
      if (names.length > MOST) {
        const message = `must be ${MOST} tags at most: an object in S3 has 10 at most, and ${OWN.length} are the project's`;
        context.addIssue({ code: "custom", input: tags, message });
      }
    });

function mistake(name: string): string | undefined {
  if (OWN.includes(name.toLowerCase())) return `must have another name: ${OWN.join(", ")} are the project's own`;
  if (/^aws:/i.test(name)) return "must have a name that does not begin with aws:";
  return name.length > 0 && name.length <= 128 && TEXT.test(name)
    ? undefined
    : `must have a name of 1 to 128 ${CHARACTERS}`;
}
