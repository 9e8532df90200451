import { readPlatformHealth } from "@/lib/settings/queries";

const whenUpMs = 5_000;
const whenDownMs = 1_000;

/** Looks again and again whether the database answers, so that no page has to wait to find out. */
export function watchDatabase(signal: AbortSignal): { isAway(): boolean } {
  let isAway = false;
  const look = async () => {
    isAway = (await readPlatformHealth()).database === "down";
    if (!signal.aborted) setTimeout(() => void look(), isAway ? whenDownMs : whenUpMs).unref();
  };
  void look();
  return { isAway: () => isAway };
}
