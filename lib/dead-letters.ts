import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";
import type { Environment } from "./environments";
import { alarmLifecycle } from "./local-gaps";
import { deadLettersName } from "./names";
import { keepName, newNameAtReplacement } from "./replacement";

export interface DeadLettersProps {
  readonly environment: Environment;
  /** The beginning of the name of the function whose failed events go to the queue. */
  readonly functionName: string;
}

const DAY = 86_400;

/**
 * A queue of the events that an asynchronous function could not handle in all its tries, and an alarm that is on while
 * the queue holds an event. Events hold people's addresses, so the queue is encrypted and deletes them after four days.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export class DeadLetters extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, functionName }: DeadLettersProps) {
    super(scope, id);
    const name = deadLettersName(functionName);
    const queue = new SqsQueue(this, "queue", {
      name: newNameAtReplacement(name),
      messageRetentionSeconds: 4 * DAY,
      sqsManagedSseEnabled: true,
      lifecycle: keepName("name"),
    });
    const { alarmTopic } = environment;
    new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: name,
      alarmDescription: `${functionName} failed for good: its events are in the queue ${name}.`,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      evaluationPeriods: 1,
      treatMissingData: "notBreaching",
      metricQuery: [
        {
          id: "kept",
          returnData: true,
          metric: {
            namespace: "AWS/SQS",
            metricName: "ApproximateNumberOfMessagesVisible",
            dimensions: { QueueName: queue.name },
            period: 60,
            stat: "Maximum",
          },
        },
      ],
      alarmActions: alarmTopic ? [alarmTopic] : undefined,
      lifecycle: alarmLifecycle(environment),
    });
    this.arn = queue.arn;
  }
}
