/** What a person can ask to be on a System, strongest first; ownership is given, never asked for. */
export const askableRoles = ["admin", "member", "viewer"] as const;
export type AskableRole = (typeof askableRoles)[number];

/** A role that was asked for always ends. */
export const accessDaysMax = 90;

/** The times the forms offer, in days. */
export const accessPeriods = [1, 7, 30, 90] as const;
