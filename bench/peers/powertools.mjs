import { Logger } from "@aws-lambda-powertools/logger";

const logger = new Logger({ serviceName: "peer" });

export const handler = async (event, context) => {
  logger.addContext(context);
  logger.info("allowed");
  return event;
};
