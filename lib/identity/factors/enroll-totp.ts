import { generateSecret, generateURI } from "otplib";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { sealFor } from "@/lib/core/keyring";
import { admitEnrollment } from "./admit-enrollment";
import { renderQrCode } from "./render-qr-code";
import type { BegunTotp, EnrollTotp } from "./schema";

const secretBytes = 20;

/**
 * Begins with an authenticator app: the factor counts for nothing, and nothing is recorded, until confirmTotp.
 * @throws VALIDATION_FAILED on password or name, RATE_LIMIT_EXCEEDED, MFA_REQUIRED
 */
export async function enrollTotp(ctx: Context, { name, password }: EnrollTotp): Promise<BegunTotp> {
  const { id: userId, username } = await admitEnrollment(ctx, password);
  const factorId = newId();
  const secret = generateSecret({ length: secretBytes });
  const sealed = await sealFor("web", secret, totpBinding(factorId));
  await db().mfaFactor.deleteMany({ where: { userId, confirmedAt: null } });
  await db().mfaFactor.create({
    data: { id: factorId, userId, type: "totp", name, secret: sealed, createdAt: ctx.now },
    select: { id: true },
  });
  const label = `${username}@${publicBaseUrl().hostname}`;
  const uri = generateURI({ issuer: "Shepherd", label, secret });
  return { factorId, secret, uri, qr: renderQrCode(uri) };
}

/** What a sealed secret belongs to: moved to another factor it does not open. */
export function totpBinding(factorId: string): string {
  return `mfa:${factorId}`;
}
