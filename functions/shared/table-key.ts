/** The most bytes of a partition key of DynamoDB. */
const LONGEST = 2048;

/**
 * Whether DynamoDB can have an item with this text as its key. It answers with an error to any other key, and the error
 * would look like an outage. So do not ask for it: there is no such item.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function canBeKey(text: string): boolean {
  // A surrogate without its partner has no UTF-8.
  return text !== "" && !/\p{Cs}/u.test(text) && Buffer.byteLength(text) <= LONGEST;
}
