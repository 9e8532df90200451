import { z } from "zod";
import { signInSteps } from "@/lib/vocabulary/sign-in-steps";
import { demandKinds, factorTypes } from "./rules";

/** What browsers and programs exchange about passkeys keeps the names of the WebAuthn standard on the wire. */
const webauthnJson = z.record(z.string().max(64), z.json());

const factorName = z.string().trim().min(1).max(60);
/** Asked for with the first factor, where the account has a password. */
const currentPassword = z.string().max(1024).optional();
const code = z.string().trim().min(1).max(64);

export const enrollTotpInput = z.strictObject({ name: factorName, password: currentPassword });
export const confirmTotpInput = z.strictObject({ factorId: z.string().max(64), code });
export const enrollPasskeyInput = z.strictObject({ password: currentPassword });
export const confirmPasskeyInput = z.strictObject({ name: factorName, response: webauthnJson });

/** Exactly one of them. */
export const verifyMfaInput = z
  .strictObject({ code: code.optional(), recoveryCode: code.optional(), passkey: webauthnJson.optional() })
  .refine((given) => Object.values(given).filter((one) => one !== undefined).length === 1, {
    message: "required",
    path: ["code"],
  });

export const removeFactorInput = z.strictObject({ factorId: z.string().max(64) });
export const resetFactorsInput = z.strictObject({
  userId: z.string().max(64),
  reason: z.string().trim().min(1).max(500),
});

export const begunTotp = z.object({
  factorId: z.string(),
  /** For apps that cannot take a picture. */
  secret: z.string(),
  uri: z.string(),
});
export const passkeyOptions = z.object({ options: webauthnJson });
/** Null when the person has codes already. */
export const enrolled = z.object({ recoveryCodes: z.array(z.string()).nullable() });
export const recoveryCodeList = z.object({ recoveryCodes: z.array(z.string()) });
export const verified = z.object({
  pendingStep: z.enum(signInSteps).nullable(),
  mfaAt: z.date(),
  recoveryCodesLeft: z.number(),
});

const factorRow = z.object({
  id: z.string(),
  type: z.enum(factorTypes),
  name: z.string(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
});
const demand = z.object({ kind: z.enum(demandKinds), name: z.string() });
export const ownFactors = z.object({
  items: z.array(factorRow),
  recoveryCodesLeft: z.number(),
  /** False where the portal's address is none that browsers bind passkeys to. */
  passkeysPossible: z.boolean(),
  /** Whether adding the first one asks for the password. */
  asksPassword: z.boolean(),
  /** Who asks that the person has one; null when nobody does. */
  demandedBy: demand.nullable(),
});

export type EnrollTotp = z.output<typeof enrollTotpInput>;
export type ConfirmTotp = z.output<typeof confirmTotpInput>;
export type EnrollPasskey = z.output<typeof enrollPasskeyInput>;
export type ConfirmPasskey = z.output<typeof confirmPasskeyInput>;
export type VerifyMfa = z.output<typeof verifyMfaInput>;
export type RemoveFactor = z.output<typeof removeFactorInput>;
export type ResetFactors = z.output<typeof resetFactorsInput>;
export type WebauthnJson = z.output<typeof webauthnJson>;
/** On screen the address is also a picture; who comes by the API draws their own. */
export type BegunTotp = z.output<typeof begunTotp> & { qr: { size: number; path: string } };
export type Enrolled = z.output<typeof enrolled>;
export type Verified = z.output<typeof verified>;
export type Demand = z.output<typeof demand>;
export type OwnFactors = z.output<typeof ownFactors>;
export type FactorRow = z.output<typeof factorRow>;
/** Which ways of proving a second factor somebody has now. */
export interface FactorKinds {
  app: boolean;
  passkey: boolean;
  recoveryCode: boolean;
}

/** Options as they travel: members without a value are left out. */
export function toWebauthnJson(options: object): WebauthnJson {
  return webauthnJson.parse(JSON.parse(JSON.stringify(options)));
}
