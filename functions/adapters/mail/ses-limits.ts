import { GetAccountCommand, SESv2Client, type SESv2ClientConfig } from "@aws-sdk/client-sesv2";
import { z } from "zod";
import { MailThrottledError } from "../../core/errors.ts";
import type { SendingLimits } from "../../core/ports.ts";

/** SES writes -1 for "no limit". */
const quotaSchema = z.object({
  MaxSendRate: z.number().refine((rate) => rate !== 0, "the account may not send"),
  Max24HourSend: z.number(),
  SentLast24Hours: z.number().nonnegative(),
});

const requestHandler = { connectionTimeout: 3_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/** A rate that no account of ours reaches, in the place of none. */
const unlimitedPerSecond = 1_000;

/** @param config whose SES, where not that of the AWS SDK's own settings
 *  @returns what reads the account's limits in the SDK's region: in the sandbox 1 a second and 200 in 24 hours
 *  @throws MailThrottledError (from what it returns) when SES does not tell them: nothing was sent, and later it may be */
export function createSesLimits(config: Pick<SESv2ClientConfig, "endpoint" | "region" | "credentials"> = {}): () => Promise<SendingLimits> {
  const client = new SESv2Client({ ...config, requestHandler });
  return async () => {
    try {
      const { SendQuota } = await client.send(new GetAccountCommand({}));
      const { MaxSendRate, Max24HourSend, SentLast24Hours } = quotaSchema.parse(SendQuota);
      return {
        perSecond: MaxSendRate > 0 ? MaxSendRate : unlimitedPerSecond,
        ...(Max24HourSend >= 0 ? { perDay: Max24HourSend } : {}),
        sentLastDay: SentLast24Hours,
      };
    } catch (cause) {
      const told = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
      throw new MailThrottledError(`SES does not say how much may be sent (${told})`, { cause });
    }
  };
}
