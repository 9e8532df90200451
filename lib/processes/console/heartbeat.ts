import { closeLostConsoles } from "@/lib/console/close-lost-consoles";
import { proxyBeatSeconds } from "@/lib/console/rules";
import { platformContext } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { markAlive, markGone } from "@/lib/settings/mark-alive";

/** Beats in a row before this process judges others: after an outage of the database everybody is silent at first. */
const steadyBeats = 3;

/**
 * Says that this console process lives, and ends on paper the sessions of those that no longer do.
 * @param onBeat whether the database took the beat
 * @returns stops it
 */
export async function startHeartbeat(
  { proxyId, address }: { proxyId: string; address: string },
  onBeat: (isTaken: boolean) => void,
): Promise<() => Promise<void>> {
  let beats = 0;
  let beating: Promise<void> | undefined;
  const beat = async () => {
    try {
      await markAlive("console", proxyId, address);
      beats += 1;
      if (beats >= steadyBeats) await closeLostConsoles(platformContext("console"));
    } catch (error) {
      beats = 0;
      logger("console").warn({ err: error }, "the heartbeat could not be written");
    }
    onBeat(beats > 0);
  };
  await beat();
  const timer = setInterval(() => {
    beating ??= beat().finally(() => (beating = undefined));
  }, proxyBeatSeconds * 1000);
  return async () => {
    clearInterval(timer);
    await beating;
    await markGone(proxyId).catch(() => undefined);
  };
}
