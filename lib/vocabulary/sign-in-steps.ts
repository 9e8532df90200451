/** What a sign-in may still lack, in the order in which it is asked for; everything else is refused meanwhile. */
export const signInSteps = ["verify_mfa", "change_password", "enroll_mfa"] as const;
export type SignInStep = (typeof signInSteps)[number];
