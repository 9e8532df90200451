import { z } from "zod";
import { providerId } from "../schema";

const returnTo = z.string().max(2000).optional();

export const startSignInInput = z.strictObject({ providerId, returnTo });
export const startedSignIn = z.object({ redirectUrl: z.string() });
export type StartSignIn = z.output<typeof startSignInInput>;

/** LDAP: the same two fields as the local sign-in. */
export const submitCredentialsInput = z.strictObject({
  providerId,
  username: z.string().trim().min(1).max(256),
  password: z.string().min(1).max(1024),
});
export type SubmitCredentials = z.output<typeof submitCredentialsInput>;

/** What the login page offers: `redirect` is a link or button, `credentials` a form with two fields. */
export const signInWay = z.object({
  id: z.string(),
  type: z.string(),
  displayName: z.string(),
  interaction: z.enum(["redirect", "credentials"]),
  /** redirect: a plain link that works without scripts; `?return_to=` may be added. credentials: where the two fields go. */
  href: z.string(),
});
export const signInWayList = z.object({ items: z.array(signInWay) });
export type SignInWay = z.output<typeof signInWay>;

/** Signing out of a session that another server began ends there too, by following this address. */
export const signedOut = z.object({ redirectUrl: z.string().nullable() });
