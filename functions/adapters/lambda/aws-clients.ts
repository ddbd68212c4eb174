import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";

/** A call that has no answer by then has none: every function has some seconds left to say so. Region, credentials and endpoint come from the
 *  SDK's own settings. */
export const answerTimeouts = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

export function dynamoClient(): DynamoDBClient {
  return new DynamoDBClient({ requestHandler: answerTimeouts });
}

export function s3Client(): S3Client {
  return new S3Client({ requestHandler: answerTimeouts });
}
