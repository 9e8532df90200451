/** How keys reach the guest: as they are pressed, or as the keys that type the same characters under its own layout. */
export const guestLayouts = [
  ...(["us", "us_intl", "gb", "de", "fr", "es", "it"] as const),
  ...(["se", "no", "ch", "jp"] as const),
];
export type GuestLayout = (typeof guestLayouts)[number];

export const typingModes = ["as_pressed", ...guestLayouts] as const;
export type TypingMode = (typeof typingModes)[number];

/** Fitted into the window, at its own size, or with the guest asked for a screen of the window's size. */
export const scalingModes = ["fit", "actual", "remote"] as const;

export const combinationsMax = 20;
export const combinationKeysMax = 6;
export const paceMsMax = 100;
export const fontSizes = { min: 10, max: 24 } as const;
