import { z } from "zod";

/** Sign-in takes whatever was once accepted, so it asks for no more than a bound. */
const givenPassword = z.string().min(1).max(1024);

export const signInInput = z.strictObject({
  username: z.string().trim().min(1).max(64),
  password: givenPassword,
});
export const changePasswordInput = z.strictObject({
  currentPassword: givenPassword,
  newPassword: givenPassword,
});
export const revokeSessionInput = z.strictObject({ sessionId: z.string().max(64) });

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .min(2)
  .max(64)
  .regex(/^[a-z][a-z0-9._-]*$/, "invalid_username");

export const createUserInput = z.strictObject({
  username,
  displayName: z.string().trim().min(1).max(100),
  email: z.email().max(254).nullable().default(null),
  initialPassword: givenPassword,
  /** Whether the person must choose a password of their own at the first sign-in. */
  mustChangePassword: z.boolean().default(true),
  role: z.strictObject({ roleId: z.string(), environments: z.array(z.string().max(63)).max(50) }).optional(),
});

export const preferenceKey = z.string().regex(/^[a-z][a-z0-9._-]{0,63}$/, "invalid_format");
export const preferenceValue = z
  .json()
  .refine((value) => JSON.stringify(value).length <= 16_384, "too_large_value");
export const setPreferenceInput = z.strictObject({ key: preferenceKey, value: preferenceValue });
export const preferenceOutput = z.object({ key: z.string(), value: z.json() });

export const signedInPerson = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  mustChangePassword: z.boolean(),
});
export const ownProfile = signedInPerson.extend({
  email: z.string().nullable(),
  authType: z.string(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
});
export const signedIn = signedInPerson.extend({ expiresAt: z.date() });
export const createdUser = z.object({ id: z.string(), username: z.string() });

export const sessionRow = z.object({
  id: z.string(),
  provider: z.string(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
});
export const sessionList = z.object({ items: z.array(sessionRow) });

export const permissionList = z.object({ permissions: z.array(z.string()) });
export const providerList = z.object({
  items: z.array(
    z.object({ id: z.string(), type: z.string(), displayName: z.string(), interaction: z.string() }),
  ),
});

export type SignIn = z.output<typeof signInInput>;
export type ChangePassword = z.output<typeof changePasswordInput>;
export type RevokeSession = z.output<typeof revokeSessionInput>;
export type CreateUser = z.output<typeof createUserInput>;
export type SetPreference = z.output<typeof setPreferenceInput>;
