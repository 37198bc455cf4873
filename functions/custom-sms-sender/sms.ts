import { AddressRefused, ServiceError } from "../shared/service";
import { signedPost } from "../shared/signed-post";

/**
 * Sends a text message through SNS, once, within the deadline. The type `Transactional` has priority over promotional
 * messages.
 * @param to a number such as `+31612345678`
 * @throws AddressRefused when SNS takes no such number, because there is none, or because its owner wants no messages
 * @throws ServiceError with the service's code for its name, or a TimeoutError
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
export async function sendSms(to: string, text: string): Promise<void> {
  const input = new URLSearchParams({
    Action: "Publish",
    Version: "2010-03-31",
    PhoneNumber: to,
    Message: text,
    "MessageAttributes.entry.1.Name": "AWS.SNS.SMS.SMSType",
    "MessageAttributes.entry.1.Value.DataType": "String",
    "MessageAttributes.entry.1.Value.StringValue": "Transactional",
  });
  const { status, body } = await signedPost({
    service: "sns",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: input.toString(),
  });
  if (status === 200) return;
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? String(status);
  const isOfNumber = code.startsWith("InvalidParameter") && /<Message>Invalid parameter: Phone ?number/i.test(body);
  throw new (isOfNumber ? AddressRefused : ServiceError)("SNS Publish", code);
}
