import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { GetAccountCommand, GetEmailIdentityCommand, type SESv2Client } from "@aws-sdk/client-sesv2";
import { SmokeFailure } from "./smoke-step.ts";

/** Whether SES will take mails from the stage's address.
 *  @returns the address, and whether the account is still in SES's sandbox
 *  @throws SmokeFailure when it will not */
export async function checkSender(lambda: LambdaClient, ses: SESv2Client, stackName: string): Promise<string> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: `${stackName}-deliver-briefing` }));
  const sender = Environment?.Variables?.["SENDER"] ?? "";
  const { VerifiedForSendingStatus } = await ses.send(new GetEmailIdentityCommand({ EmailIdentity: sender }));
  if (!VerifiedForSendingStatus) {
    const advice = "open the mail that AWS sent to the address and follow its link, or verify the domain with SES; then run this again";
    throw new SmokeFailure(`${sender} is not verified with SES`, advice);
  }
  const { SendingEnabled, ProductionAccessEnabled } = await ses.send(new GetAccountCommand());
  if (!SendingEnabled)
    throw new SmokeFailure("SES has paused this account's sending", "read its case in SES's console (account dashboard)");
  // The simulator's addresses are open to a sandbox, too; readers' are not.
  return ProductionAccessEnabled ? sender : `${sender}; the account is in SES's sandbox: ask for production access before the first issue`;
}
