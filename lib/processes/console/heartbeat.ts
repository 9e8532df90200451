import { closeLostConsoles } from "@/lib/console/close-lost-consoles";
import { proxyBeatSeconds } from "@/lib/console/rules";
import { platformContext } from "@/lib/core/context";
import { logger } from "@/lib/core/logger";
import { markAlive, markGone } from "@/lib/settings/mark-alive";

/** Beats in a row before this process judges others: after an outage of the database everybody is silent at first. */
const steadyBeats = 3;

export interface Heartbeat {
  isBeating(): boolean;
  stop(): Promise<void>;
}

/** Says that this console process lives, and ends on paper the sessions of those that no longer do. */
export async function startHeartbeat(proxyId: string): Promise<Heartbeat> {
  let beats = 0;
  let beating: Promise<void> = Promise.resolve();
  const beat = async () => {
    try {
      await markAlive("console", proxyId);
      beats += 1;
      if (beats >= steadyBeats) await closeLostConsoles(platformContext("console"));
    } catch (error) {
      beats = 0;
      logger("console").warn({ err: error }, "the heartbeat could not be written");
    }
  };
  await beat();
  let isOver = true;
  const timer = setInterval(() => {
    if (!isOver) return;
    isOver = false;
    beating = beat().finally(() => (isOver = true));
  }, proxyBeatSeconds * 1000);
  return {
    isBeating: () => beats > 0,
    stop: async () => {
      clearInterval(timer);
      await beating;
      await markGone(proxyId).catch(() => undefined);
    },
  };
}
