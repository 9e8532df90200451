/** Set by an open page for the moment in which it reads itself again: no person asked for that. */
export const liveRefreshCookieName = "live_refresh";
