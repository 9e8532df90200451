import { verifySync } from "otplib";
import { toleranceSeconds } from "./rules";

/** The half minute the code is of, or null where it is of none near this moment. */
export function checkTotp(secret: string, digits: string, now: Date): bigint | null {
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token: digits, epoch, epochTolerance: toleranceSeconds });
  return result.valid && "timeStep" in result ? BigInt(result.timeStep) : null;
}
