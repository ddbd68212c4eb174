import { StoreError } from "../../core/errors.ts";

const adviceByError: Record<string, string> = {
  ResourceNotFoundException:
    "the table does not exist there; create it (deploy the storage stack, or let biaogan create it at a local endpoint)",
  CredentialsProviderError:
    "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (DynamoDB Local takes any value) or AWS_PROFILE",
  AccessDeniedException: "grant this role GetItem, Query, PutItem, DeleteItem, ConditionCheckItem and DescribeTable on the table",
  UnrecognizedClientException: "the credentials are not valid for this endpoint; check them and the region",
  ExpiredTokenException: "the credentials have expired; sign in again",
  ECONNREFUSED: "nothing listens there; start the database or correct AWS_ENDPOINT_URL_DYNAMODB",
  ENOTFOUND: "the endpoint's name is unknown; check AWS_ENDPOINT_URL_DYNAMODB, AWS_REGION and the network",
  ECONNRESET: "the connection broke; try again",
  TimeoutError: "no answer in time; check the network and try again",
  ProvisionedThroughputExceededException: "the table is busy; try again in a minute",
  ThrottlingException: "the table is busy; try again in a minute",
};

/** Runs one use of the database.
 *  @param action what is tried, as in "could not <action>"
 *  @throws StoreError in the place of whatever the SDK or the network threw, with that as its cause and with what to do */
export async function withStoreErrors<T>(tableName: string, action: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StoreError) throw cause;
    throw new StoreError(`could not ${action} table ${tableName}: ${explain(cause)}`, { cause });
  }
}

function explain(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  // A refused connection to a name with several addresses is an AggregateError without a message.
  const message = [cause.name === "Error" ? undefined : cause.name, cause.message || code].filter(Boolean).join(": ");
  const advice = adviceByError[cause.name] ?? adviceByError[code ?? ""];
  return advice === undefined ? message : `${message} — ${advice}`;
}
