import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { signInSteps } from "@/lib/vocabulary/sign-in-steps";

const id = z.string().min(1).max(64);

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
export const revokeSessionInput = z.strictObject({ sessionId: id });
export const revokeUserSessionInput = revokeSessionInput.extend({ userId: id });

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .min(2)
  .max(64)
  .regex(/^[a-z][a-z0-9._-]*$/, "invalid_username");

const displayName = z.string().trim().min(1).max(100);
const email = z.email().max(254);

/** Without an initial password the person gets a one-time link with which they set their own. */
export const createUserInput = z.strictObject({
  username,
  displayName,
  email: email.nullable().default(null),
  initialPassword: givenPassword.optional(),
  /** Whether the person must choose a password of their own at the first sign-in. */
  mustChangePassword: z.boolean().default(true),
  role: z.strictObject({ roleId: z.string(), environments: z.array(z.string().max(63)).max(50) }).optional(),
});
/** Absent members stay as they are. */
export const updateUserInput = z.strictObject({
  userId: id,
  displayName: displayName.optional(),
  email: email.nullable().optional(),
});
export const userInput = z.strictObject({ userId: id });
export const createServiceAccountInput = createUserInput.pick({
  username: true,
  displayName: true,
  role: true,
});

/** What a link carries behind the #, which no server is ever sent by itself. */
const linkToken = z.string().min(1).max(128);
export const passwordLinkInput = z.strictObject({ token: linkToken });
export const setPasswordByLinkInput = z.strictObject({ token: linkToken, newPassword: givenPassword });

export const startViewAsInput = z.strictObject({ userId: id });

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
  /** What the sign-in still lacks before anything else is allowed. */
  pendingStep: z.enum(signInSteps).nullable(),
  hasSecondFactor: z.boolean(),
});
export const ownProfile = signedInPerson.extend({
  email: z.string().nullable(),
  authType: z.string(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  /** The administrator who looks at the portal as this person, and until when. */
  viewedBy: z.object({ id: z.string(), username: z.string(), displayName: z.string() }).nullable(),
  viewUntil: z.date().nullable(),
});
export const signedIn = signedInPerson.extend({ expiresAt: z.date() });
/** Answered once, when it is made: only its hash is kept. */
export const passwordLink = z.object({ url: z.string(), expiresAt: z.date() });
export const createdUser = z.object({ id: z.string(), username: z.string(), link: passwordLink.nullable() });
/** What the page behind a link shows, and what it needs to judge a password while it is typed. */
export const passwordLinkFacts = z.object({
  username: z.string(),
  expiresAt: z.date(),
  lengthMin: z.number(),
  ownWords: z.array(z.string()).readonly(),
});

export const sessionRow = z.object({
  id: z.string(),
  provider: z.string(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
  expiresAt: z.date(),
  /** When it last proved a second factor. */
  mfaAt: z.date().nullable(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  isCurrent: z.boolean(),
});
export const sessionList = z.object({ items: z.array(sessionRow) });
export const revokedSessions = z.object({ count: z.number() });

export const authTypes = ["local", "oidc", "ldap", "saml", "service"] as const;
export const userFilter = pageQuery.extend({
  q: z.string().trim().max(64).optional(),
  enabled: z.enum(["true", "false"]).optional(),
  authType: z.enum(authTypes).optional(),
  /** Who holds this role now, anywhere. */
  roleId: id.optional(),
});
export const userRow = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  email: z.string().nullable(),
  authType: z.string(),
  /** The name of the sign-in provider; null for a local account. */
  providerName: z.string().nullable(),
  enabled: z.boolean(),
  hasSecondFactor: z.boolean(),
  lastLoginAt: z.date().nullable(),
  createdAt: z.date(),
  roles: z.array(z.object({ id: z.string(), displayName: z.string() })),
});
export const userPage = pageOf(userRow);
export const userDetail = userRow.extend({
  mustChangePassword: z.boolean(),
  disabledAt: z.date().nullable(),
  /** The user name of whoever created it; null for those the platform or a provider made. */
  createdBy: z.string().nullable(),
  isPlatformAdministrator: z.boolean(),
  isSelf: z.boolean(),
  bindingCount: z.number(),
  systemCount: z.number(),
  sessionCount: z.number(),
  tokenCount: z.number(),
  factors: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      name: z.string(),
      createdAt: z.date(),
      lastUsedAt: z.date().nullable(),
    }),
  ),
  /** A link that was handed out and not used yet. */
  openLinkUntil: z.date().nullable(),
});

export const serviceAccountFilter = pageQuery.extend({ q: z.string().trim().max(64).optional() });
export const serviceAccountRow = userRow
  .pick({ id: true, username: true, displayName: true, enabled: true, createdAt: true, roles: true })
  .extend({ tokenCount: z.number(), lastUsedAt: z.date().nullable() });
export const serviceAccountPage = pageOf(serviceAccountRow);
export const createdServiceAccount = z.object({ id: z.string(), username: z.string() });
export const startedView = z.object({ userId: z.string(), username: z.string(), until: z.date() });

export const permissionList = z.object({ permissions: z.array(z.string()) });

export type SignIn = z.output<typeof signInInput>;
export type ChangePassword = z.output<typeof changePasswordInput>;
export type RevokeSession = z.output<typeof revokeSessionInput>;
export type RevokeUserSession = z.output<typeof revokeUserSessionInput>;
export type CreateUser = z.output<typeof createUserInput>;
export type UpdateUser = z.output<typeof updateUserInput>;
export type UserInput = z.output<typeof userInput>;
export type CreateServiceAccount = z.output<typeof createServiceAccountInput>;
export type SetPasswordByLink = z.output<typeof setPasswordByLinkInput>;
export type PasswordLink = z.output<typeof passwordLink>;
export type PasswordLinkFacts = z.output<typeof passwordLinkFacts>;
export type StartViewAs = z.output<typeof startViewAsInput>;
export type StartedView = z.output<typeof startedView>;
export type SessionRow = z.output<typeof sessionRow>;
export type UserFilter = z.output<typeof userFilter>;
export type UserRow = z.output<typeof userRow>;
export type UserDetail = z.output<typeof userDetail>;
export type ServiceAccountFilter = z.output<typeof serviceAccountFilter>;
export type ServiceAccountRow = z.output<typeof serviceAccountRow>;
export type SetPreference = z.output<typeof setPreferenceInput>;
