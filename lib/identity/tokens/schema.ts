import { z } from "zod";
import { permissions } from "@/lib/vocabulary/permissions";

const id = z.string().min(1).max(64);

export const tokenDaysDefault = 90;
export const issueTokenInput = z.strictObject({
  name: z.string().trim().min(1).max(64),
  /** Null: all that its owner may do, then and later. */
  permissions: z.array(z.enum(permissions)).min(1).max(permissions.length).nullable().default(null),
  /** Empty: wherever its owner may. */
  environments: z.array(z.string().max(63)).max(50).default([]),
  expiresInDays: z.number().int().min(1).max(3_650).default(tokenDaysDefault),
  /** Passes where a fresh second factor is asked for. */
  elevated: z.boolean().default(false),
});
export const issueServiceTokenInput = issueTokenInput.extend({ userId: id });
export const revokeTokenInput = z.strictObject({ tokenId: id });
export const revokeUserTokenInput = revokeTokenInput.extend({ userId: id });
export const tokenRow = z.object({
  id: z.string(),
  name: z.string(),
  /** Null: all that its owner may do. */
  permissions: z.array(z.string()).nullable(),
  /** Empty: wherever its owner may. */
  environments: z.array(z.string()),
  elevated: z.boolean(),
  expiresAt: z.date(),
  isExpired: z.boolean(),
  lastUsedAt: z.date().nullable(),
  lastUsedIp: z.string().nullable(),
  createdAt: z.date(),
  /** The user name of whoever issued it. */
  createdBy: z.string(),
});
export const tokenList = z.object({ items: z.array(tokenRow) });
/** `token` is answered once, when it is issued: only its hash is kept. */
export const issuedToken = z.object({
  id: z.string(),
  name: z.string(),
  token: z.string(),
  expiresAt: z.date(),
});
/** What the form for a token offers. */
export const tokenChoices = z.object({
  permissions: z.array(z.enum(permissions)),
  environments: z.array(z.object({ name: z.string(), displayName: z.string() })),
  lifetimeDaysMax: z.number(),
  elevatedDaysMax: z.number(),
});

export type IssueToken = z.output<typeof issueTokenInput>;
export type IssueServiceToken = z.output<typeof issueServiceTokenInput>;
export type IssuedToken = z.output<typeof issuedToken>;
export type TokenRow = z.output<typeof tokenRow>;
export type TokenChoices = z.output<typeof tokenChoices>;
export type RevokeToken = z.output<typeof revokeTokenInput>;
export type RevokeUserToken = z.output<typeof revokeUserTokenInput>;
